/** One file for each operation: the AWS SDK's request in, the lifecycle's out, and its result back. */
@NullMarked
package dev.keyward.kms.operation;

import org.jspecify.annotations.NullMarked;
