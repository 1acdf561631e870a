package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Origin;
import java.util.function.Predicate;

/**
 * The notes of AWS KMS's key-state table, by their numbers. A note gives a reason to refuse. It speaks either of a key's
 * <em>state</em>, and then the cell it stands in says when; or of a key's <em>kind</em>, and then it holds for some keys
 * only. Notes 10, 12 and 13 are not refusals: they say which key a cell is about, or what a success means.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">Key states of AWS KMS keys</a>
 */
enum Note {
    N1(1, ErrorCode.DISABLED, "%s is disabled."),
    N2(2, ErrorCode.DISABLED, "%s is pending deletion."),
    N3(3, ErrorCode.INVALID_STATE, "%s is pending deletion."),
    N4(4, ErrorCode.INVALID_STATE, "%s is not pending deletion."),
    N5(5, ErrorCode.INVALID_STATE, "%s is pending import."),
    N6(6, ErrorCode.UNSUPPORTED_OPERATION, Note.ORIGIN_TEXT, Note::hasImportedMaterial),
    N7(7, ErrorCode.UNSUPPORTED_OPERATION, Note.ORIGIN_TEXT, Note::hasImportedMaterial),
    N8(8, ErrorCode.INVALID_STATE, "%s is pending deletion."),
    N9(9, ErrorCode.UNSUPPORTED_OPERATION, Note.ORIGIN_TEXT, key -> !hasImportedMaterial(key)),
    N11(11, ErrorCode.INVALID_STATE, "%s is unavailable."),
    N14(14, ErrorCode.INVALID_STATE, "%s is creating."),
    N15(15, ErrorCode.INVALID_STATE, "%s is updating.");

    private static final String ORIGIN_TEXT = "%s origin is %s which is not valid for this operation.";

    /** What the note is about. */
    enum Subject {
        KIND,
        STATE
    }

    private final int number;
    private final ErrorCode code;
    private final String text;
    private final Subject subject;
    private final Predicate<KeyRecord> concerned;

    Note(int number, ErrorCode code, String text) {
        this(number, code, text, Subject.STATE, key -> true);
    }

    Note(int number, ErrorCode code, String text, Predicate<KeyRecord> concerned) {
        this(number, code, text, Subject.KIND, concerned);
    }

    Note(int number, ErrorCode code, String text, Subject subject, Predicate<KeyRecord> concerned) {
        this.number = number;
        this.code = code;
        this.text = text;
        this.subject = subject;
        this.concerned = concerned;
    }

    /** The note of that number. */
    static Note of(int number) {
        for (Note note : values()) {
            if (note.number == number) {
                return note;
            }
        }
        throw new IllegalArgumentException("note " + number + " is not a refusal");
    }

    Subject subject() {
        return subject;
    }

    /** Whether the note holds for a key in a cell that names it. */
    boolean concerns(KeyRecord key) {
        return concerned.test(key);
    }

    /** The refusal in AWS's words. */
    KeywardException refusal(KeyRecord key) {
        return new KeywardException(code, text.formatted(key.arn(), key.origin()));
    }

    private static boolean hasImportedMaterial(KeyRecord key) {
        return key.origin() == Origin.EXTERNAL;
    }
}
