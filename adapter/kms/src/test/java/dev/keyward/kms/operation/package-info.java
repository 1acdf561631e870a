/** Every operation as AWS's own client sees it. */
@NullMarked
package dev.keyward.kms.operation;

import org.jspecify.annotations.NullMarked;
