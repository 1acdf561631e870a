@NullMarked
package dev.keyward.kms.json;

import org.jspecify.annotations.NullMarked;
