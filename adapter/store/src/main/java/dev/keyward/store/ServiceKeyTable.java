package dev.keyward.store;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.ServiceKeyRecord;
import dev.keyward.contract.ServicePurpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of service keys. */
final class ServiceKeyTable {
    private static final String PUT = """
            INSERT INTO service_keys (purpose, version, token, residence, opaque, presence)
            VALUES (:purpose, :version, :token, :residence, :opaque, :presence)
            ON CONFLICT (purpose, version) DO UPDATE SET token = excluded.token, residence = excluded.residence,
                opaque = excluded.opaque, presence = excluded.presence
            """;
    private static final String LIST = "SELECT * FROM service_keys";
    private static final Comparator<ServiceKeyRecord> BY_PURPOSE_AND_VERSION =
            comparing(ServiceKeyRecord::purpose).thenComparing(comparingInt(ServiceKeyRecord::version));

    private ServiceKeyTable() {}

    static void put(Handle handle, ServiceKeyRecord serviceKey) {
        Columns.bindReference(handle.createUpdate(PUT), serviceKey.reference())
                .bind("purpose", serviceKey.purpose().label())
                .bind("version", serviceKey.version())
                .bind("presence", serviceKey.presence().name())
                .execute();
    }

    static List<ServiceKeyRecord> list(Handle handle) {
        return handle.createQuery(LIST).map(ServiceKeyTable::serviceKey).stream()
                .sorted(BY_PURPOSE_AND_VERSION)
                .toList();
    }

    private static ServiceKeyRecord serviceKey(ResultSet row, StatementContext context) throws SQLException {
        return new ServiceKeyRecord(
                purpose(row.getString("purpose")),
                row.getInt("version"),
                Columns.reference(row),
                Columns.constant(MaterialPresence.class, row, "presence"));
    }

    private static ServicePurpose purpose(String label) {
        for (ServicePurpose purpose : ServicePurpose.values()) {
            if (purpose.label().equals(label)) {
                return purpose;
            }
        }
        throw new IllegalStateException("no service key has the purpose " + label);
    }
}
