package dev.keyward.kms.validation;

import org.jspecify.annotations.Nullable;

/** Where a value stands in a request, in AWS's spelling: {@code keyId}, {@code tags.1.member.tagKey}. */
record Place(@Nullable Place parent, String name) {
    /** The place of a member of the structure here, or of the request if there is no here. */
    static Place member(@Nullable Place structure, String member) {
        return new Place(structure, Character.toLowerCase(member.charAt(0)) + member.substring(1));
    }

    /** The place of the list's element here. */
    Place element(int index) {
        return new Place(this, (index + 1) + ".member");
    }

    @Override
    public String toString() {
        return parent == null ? name : parent + "." + name;
    }
}
