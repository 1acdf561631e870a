@NullMarked
package dev.keyward.kms.validation;

import org.jspecify.annotations.NullMarked;
