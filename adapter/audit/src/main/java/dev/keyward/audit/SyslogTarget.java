package dev.keyward.audit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records to a syslog collector over TLS. Syslog has no receipts: records have been taken once this machine has
 * handed them to the connection, and what is under way when it breaks is lost there. Used by one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5425">RFC 5425</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5424">RFC 5424</a>
 */
final class SyslogTarget implements ForwardTarget {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogTarget.class);
    private static final int LONGEST_WAIT_MILLISECONDS = 10_000;

    /** Facility 13 (log audit), severity 6 (informational); no time, since the record has its own. */
    private static final byte[] HEADER = "<110>1 - - keyward - audit - ".getBytes(StandardCharsets.US_ASCII);

    private final String host;
    private final int port;
    private final SSLContext tls;
    private @Nullable SSLSocket connection;

    SyslogTarget(String host, int port, SSLContext tls) {
        this.host = host;
        this.port = port;
        this.tls = tls;
    }

    @Override
    public void send(List<byte[]> lines) throws IOException {
        try {
            OutputStream output = new BufferedOutputStream(connected().getOutputStream());
            for (byte[] line : lines) {
                output.write((HEADER.length + line.length + " ").getBytes(StandardCharsets.US_ASCII));
                output.write(HEADER);
                output.write(line);
            }
            output.flush();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private SSLSocket connected() throws IOException {
        if (connection == null) {
            connection = connect();
        }
        return connection;
    }

    private SSLSocket connect() throws IOException {
        Socket plain = new Socket();
        boolean connected = false;
        try {
            plain.connect(new InetSocketAddress(host, port), LONGEST_WAIT_MILLISECONDS);
            plain.setSoTimeout(LONGEST_WAIT_MILLISECONDS);
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must be that host's
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            connected = true;
            return secured;
        } finally {
            if (!connected) {
                plain.close();
            }
        }
    }

    @Override
    public void close() {
        SSLSocket former = connection;
        connection = null;
        if (former != null) {
            try {
                former.close();
            } catch (IOException e) {
                // It is given up either way.
                LOG.debug("closing {}", this, e);
            }
        }
    }

    @Override
    public String toString() {
        return "syslog+tls://" + host + ":" + port;
    }
}
