package dev.keyward.cli;

import dev.keyward.contract.WrappingAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialResponse;
import software.amazon.awssdk.services.kms.model.ImportType;
import software.amazon.awssdk.services.kms.model.WrappingKeySpec;

/** The client's half of an import: asks for a wrapping key, wraps the bytes of a file under it, sends them. */
@Command(
        name = "import-material",
        description = {
            "Imports key material from a file into a key whose origin is EXTERNAL.",
            "",
            "Asks the endpoint for a wrapping key (GetParametersForImport), wraps the bytes under it on this machine, and"
                    + " sends them (ImportKeyMaterial); the token unwraps them. The bytes are cleared from memory"
                    + " afterwards; the file is yours to destroy.",
        },
        footer = {
            "Example, with a key created by 'aws kms create-key --origin EXTERNAL':",
            "  head -c 32 /dev/urandom > material",
            "  keyward import-material --key-id 1234abcd-12ab-34cd-56ef-1234567890ab --file material \\",
            "      --credentials keyward-home/credentials",
            "With one created by '... --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY':",
            "  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out material",
        })
final class ImportMaterialCommand implements Callable<Integer> {
    /** Longer than any key, RSA keys in PKCS#8 included; the wrong file may be of any length. */
    private static final int MAXIMUM_LENGTH_BYTES = 16 * 1024;

    /** Of an HMAC_512 key. */
    private static final int LONGEST_SECRET_BYTES = 64;

    private final Surroundings surroundings;

    @Mixin
    private KmsConnection connection = new KmsConnection();

    @Option(
            names = "--key-id",
            paramLabel = "ID",
            required = true,
            description = "the id or ARN of the key to import into")
    private String keyId = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            required = true,
            description = {
                "the key bytes, nothing else: 32 of them for SYMMETRIC_DEFAULT, 28, 32, 48 or 64 for HMAC_224 to HMAC_512;",
                "for RSA and ECC keys the private key as PKCS#8, in DER or PEM, unencrypted"
            })
    private Path file = Path.of("");

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = {
                "how to wrap: ${COMPLETION-CANDIDATES}",
                "(default: RSAES_OAEP_SHA_256 for up to 64 bytes, RSA_AES_KEY_WRAP_SHA_256 for more, which are a private"
                        + " key)"
            })
    private @Nullable WrappingAlgorithm algorithm;

    @Option(
            names = "--wrapping-key-spec",
            paramLabel = "SPEC",
            defaultValue = "RSA_3072",
            description = "the wrapping key: RSA_2048, RSA_3072 or RSA_4096 (default: ${DEFAULT-VALUE})")
    private String wrappingKeySpec = "RSA_3072";

    @Option(
            names = "--valid-to",
            paramLabel = "TIME",
            description = "when the material expires, such as 2027-01-31T12:00:00Z (default: it does not)")
    private @Nullable Instant validTo;

    @Option(
            names = "--new-material",
            description =
                    "the material is new for a key that has some already; it becomes current at its next rotation")
    private boolean newMaterial;

    ImportMaterialCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        byte[] material = material();
        try (KmsClient kms = connection.connect(surroundings.environment())) {
            ImportKeyMaterialResponse imported = importInto(kms, material);
            String materialId = imported.keyMaterialId();
            surroundings
                    .out()
                    .println("imported into " + imported.keyId()
                            + (materialId == null ? "" : ": material " + materialId));
            return ExitCode.DONE;
        } catch (AwsServiceException e) {
            String code = e.awsErrorDetails() == null
                    ? "status " + e.statusCode()
                    : e.awsErrorDetails().errorCode() + ": "
                            + e.awsErrorDetails().errorMessage();
            throw new CommandException("refused by " + connection.endpoint() + ": " + code, e);
        } catch (SdkClientException e) {
            throw new CommandException(connection.endpoint() + " does not answer: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new CommandException("the material cannot be wrapped: " + e.getMessage(), e);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    private byte[] material() {
        byte[] material;
        try {
            if (Files.size(file) > MAXIMUM_LENGTH_BYTES) {
                throw new CommandException("file " + file + " is too long to be key material (--file)");
            }
            material = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandException("file " + file + " cannot be read (--file)", e);
        }
        if (material.length == 0) {
            throw new CommandException("file " + file + " is empty (--file)");
        }
        try {
            return PrivateKeyPem.isPem(material) ? PrivateKeyPem.decode(material) : material.clone();
        } catch (IllegalArgumentException e) {
            throw new CommandException("file " + file + " " + e.getMessage() + " (--file)", e);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    private WrappingAlgorithm algorithmFor(byte[] material) {
        if (algorithm != null) {
            return algorithm;
        }
        return material.length <= LONGEST_SECRET_BYTES
                ? WrappingAlgorithm.RSAES_OAEP_SHA_256
                : WrappingAlgorithm.RSA_AES_KEY_WRAP_SHA_256;
    }

    private ImportKeyMaterialResponse importInto(KmsClient kms, byte[] material) throws GeneralSecurityException {
        WrappingAlgorithm chosen = algorithmFor(material);
        GetParametersForImportResponse parameters = kms.getParametersForImport(request -> request.keyId(keyId)
                .wrappingAlgorithm(chosen.name())
                .wrappingKeySpec(WrappingKeySpec.fromValue(wrappingKeySpec)));
        byte[] wrapped = MaterialWrapping.wrap(chosen, parameters.publicKey().asByteArray(), material);
        ImportKeyMaterialRequest.Builder request = ImportKeyMaterialRequest.builder()
                .keyId(keyId)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(SdkBytes.fromByteArrayUnsafe(wrapped));
        if (validTo == null) {
            request.expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE);
        } else {
            request.expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES).validTo(validTo);
        }
        if (newMaterial) {
            request.importType(ImportType.NEW_KEY_MATERIAL);
        }
        return kms.importKeyMaterial(request.build());
    }
}
