package dev.keyward.kms.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.kms.Requests;
import dev.keyward.kms.json.Shape;
import dev.keyward.kms.json.Shapes;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;

class MemberTableTest {
    @SuppressWarnings("unused") // by FieldSource
    private static final Iterable<String> OPERATIONS = Requests.OPERATIONS;

    @ParameterizedTest
    @FieldSource("OPERATIONS")
    void hasExactlyTheMembersOfTheSdk(String operation) {
        Set<String> ofTheSdk = new TreeSet<>();
        Shapes.of(() -> Requests.builder(operation), path -> {
            ofTheSdk.add(path);
            return true;
        });
        Set<String> ofTheTable = new TreeSet<>(Requests.TABLE.rows(operation).keySet());
        ofTheTable.removeIf(path -> path.endsWith("[]"));

        assertThat(ofTheTable).isEqualTo(ofTheSdk);
    }

    @ParameterizedTest
    @FieldSource("OPERATIONS")
    void compiles(String operation) {
        assertThat(Validator.of(operation, Requests.shape(operation), Requests.TABLE))
                .isNotNull();
    }

    @Test
    void aRowThatTheSdkLacksIsNoticed() {
        Shape.Structure other = Shapes.of(ListKeysRequest::builder, _ -> true);

        assertThatThrownBy(() -> Validator.of("Encrypt", other, Requests.TABLE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Encrypt KeyId");
    }

    @Test
    void aRowWithoutItsMemberOrColumnsIsNoticed() {
        Shape.Structure encrypt = Shapes.of(EncryptRequest::builder, path -> !path.equals("EncryptionContext"));

        assertThatThrownBy(() -> Validator.of("Encrypt", encrypt, Requests.TABLE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("EncryptionContext");
        assertThatThrownBy(() -> MemberRow.parse("Encrypt\tKeyId\tstring")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void knowsMembersByTheirPath() {
        assertThat(Requests.TABLE.knows("TagResource", "Tags[].TagKey")).isTrue();
        assertThat(Requests.TABLE.knows("TagResource", "TagKey")).isFalse();
        assertThat(Requests.TABLE.knows("ReplicateKey", "KeyId")).isFalse();
    }
}
