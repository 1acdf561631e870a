/**
 * The audit trail: events in CloudTrail's form, one JSON object a line, each bound to the one before and MACed under a key
 * of its own; the files they are in; and how a trail is verified and searched.
 */
@NullMarked
package dev.keyward.audit;

import org.jspecify.annotations.NullMarked;
