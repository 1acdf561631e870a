/** MetadataStore and IdentityStore in SQL. */
@NullMarked
package dev.keyward.store;

import org.jspecify.annotations.NullMarked;
