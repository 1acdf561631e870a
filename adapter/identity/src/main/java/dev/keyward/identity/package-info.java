/** Users, roles and their access keys: what they must be like, how they change, and who a caller is. */
@NullMarked
package dev.keyward.identity;

import org.jspecify.annotations.NullMarked;
