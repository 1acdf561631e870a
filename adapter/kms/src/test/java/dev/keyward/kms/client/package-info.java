@NullMarked
package dev.keyward.kms.client;

import org.jspecify.annotations.NullMarked;
