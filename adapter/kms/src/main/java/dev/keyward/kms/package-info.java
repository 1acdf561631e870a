/** The AWS face of Keyward: AWS JSON 1.1 in and out, mapped to the lifecycle layer through the AWS SDK's model classes. */
@NullMarked
package dev.keyward.kms;

import org.jspecify.annotations.NullMarked;
