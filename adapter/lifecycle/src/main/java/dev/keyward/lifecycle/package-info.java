/**
 * The rules: what each operation does on a key, by its kind and its state; the one way that every request takes; import,
 * rotation and deletion. Everything that touches material is asked of a {@link dev.keyward.contract.Token}.
 */
@NullMarked
package dev.keyward.lifecycle;

import org.jspecify.annotations.NullMarked;
