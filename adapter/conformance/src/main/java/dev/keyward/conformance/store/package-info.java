/** What every MetadataStore and IdentityStore must keep, fakes that keep it, and one that crashes. */
@NullMarked
package dev.keyward.conformance.store;

import org.jspecify.annotations.NullMarked;
