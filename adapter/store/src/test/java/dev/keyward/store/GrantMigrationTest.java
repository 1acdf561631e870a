package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grants that were made before they knew their principals by unique id, in a database that is brought up to date. */
class GrantMigrationTest {
    private static final String BEFORE = "3";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:root,                 111122223333",
        "arn:aws:iam::111122223333:user/team/anna,       AIDAANNA",
        "arn:aws:iam::111122223333:user/anna,            ",
        "arn:aws:iam::444455556666:user/team/anna,       ",
        "arn:aws:iam::111122223333:role/team/anna,       ",
        "arn:aws:sts::111122223333:assumed-role/anna/at, ",
        ",                                               "
    })
    void meanWhomeverHasTheNameNow(@Nullable String principal, @Nullable String id) {
        Path file = directory.resolve("keyward.db");
        String url = "jdbc:sqlite:" + file;
        Flyway.configure(GrantMigrationTest.class.getClassLoader())
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .target(BEFORE)
                .load()
                .migrate();
        Jdbi direct = Jdbi.create(url);
        direct.useHandle(handle -> insert(handle, principal));

        SqliteStore.open(file).close();

        for (String column : new String[] {"grantee_id", "retiring_id"}) {
            Optional<String> found = direct.withHandle(
                    handle -> Optional.ofNullable(handle.createQuery("SELECT " + column + " FROM grants")
                            .mapTo(String.class)
                            .one()));
            assertThat(found).as(column).isEqualTo(Optional.ofNullable(id));
        }
    }

    private static void insert(Handle handle, @Nullable String principal) {
        handle.execute("""
                INSERT INTO identities (unique_id, account, kind, path, name, policies, tags, created_at, version)
                VALUES ('AIDAANNA', '111122223333', 'USER', '/team/', 'anna', '[]', '[]', 0, 1)
                """);
        handle.execute("""
                INSERT INTO keys (id, account, region, spec, usage, origin, description, policy, created_at, enabled, version)
                VALUES ('key', '111122223333', 'us-east-1', 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AWS_KMS', '', '{}', 0,
                    TRUE, 1)
                """);
        handle.createUpdate("""
                INSERT INTO grants (id, account, region, key_id, grantee_principal, retiring_principal, operations,
                    issuing_account, created_at)
                VALUES ('grant', '111122223333', 'us-east-1', 'key', :principal, :principal, '["Decrypt"]',
                    'arn:aws:iam::111122223333:root', 0)
                """).bind("principal", principal).execute();
    }
}
