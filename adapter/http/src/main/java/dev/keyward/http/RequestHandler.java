package dev.keyward.http;

import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.RequestOrigin;
import dev.keyward.http.sigv4.SignatureV4Verifier;
import dev.keyward.http.sigv4.SignedRequest;
import dev.keyward.http.sigv4.VerifiedSigner;
import dev.keyward.kms.ErrorAnswers;
import dev.keyward.kms.WireAnswer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a request: form, body, signature, endpoint, answer. Thread-safe. */
final class RequestHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final int MAXIMUM_QUERY_CHARACTERS = 2048;

    /** What answers the requests of one service, and who may send it any. */
    record Service<E>(E endpoint, SignatureV4Verifier verifier) {}

    private final Service<Endpoint> kms;
    private final Service<QueryEndpoint> sts;
    private final InstantSource clock;
    private final int maximumBodyBytes;
    private final RequestDeadlines deadlines;
    private final RejectionCounters counters;

    RequestHandler(
            Service<Endpoint> kms,
            Service<QueryEndpoint> sts,
            InstantSource clock,
            int maximumBodyBytes,
            RequestDeadlines deadlines,
            RejectionCounters counters) {
        this.kms = kms;
        this.sts = sts;
        this.clock = clock;
        this.maximumBodyBytes = maximumBodyBytes;
        this.deadlines = deadlines;
        this.counters = counters;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        new Exchange(request, response, callback).start();
        return true;
    }

    /** One request and its answer. */
    private final class Exchange implements BodyReader.Outcome {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final String requestId = Answers.newRequestId();
        private final RequestOrigin origin;
        private String operation = "";
        private boolean isQuery;

        Exchange(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.origin = new RequestOrigin(
                    Request.getRemoteAddr(request),
                    Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.USER_AGENT), ""),
                    requestId,
                    request.isSecure());
        }

        void start() {
            String path = request.getHttpURI().getPath();
            String query = request.getHttpURI().getQuery();
            if (query != null && query.length() > MAXIMUM_QUERY_CHARACTERS) {
                refuse(HttpStatus.URI_TOO_LONG_414, ErrorCode.UNKNOWN_OPERATION, Rejection.NOT_KMS);
            } else if (!"/".equals(path)) {
                refuse(HttpStatus.NOT_FOUND_404, ErrorCode.UNKNOWN_OPERATION, Rejection.NOT_KMS);
            } else if (!HttpMethod.POST.is(request.getMethod())) {
                refuse(HttpStatus.METHOD_NOT_ALLOWED_405, ErrorCode.UNKNOWN_OPERATION, Rejection.NOT_KMS);
            } else if (request.getLength() > maximumBodyBytes) {
                tooLarge();
            } else {
                readBodyOfKnownService();
            }
        }

        private void readBodyOfKnownService() {
            isQuery = QueryForm.isQuery(request.getHeaders());
            @Nullable String named = KmsTarget.operation(request.getHeaders());
            if (named == null && !isQuery) {
                refuse(ErrorCode.UNKNOWN_OPERATION.httpStatus(), ErrorCode.UNKNOWN_OPERATION, Rejection.NOT_KMS);
                return;
            }
            operation = Objects.requireNonNullElse(named, "");
            new BodyReader(request, maximumBodyBytes, this).run();
        }

        @Override
        public void read(byte[] body) {
            deadlines.requestRead(request);
            if (isQuery) {
                QueryEndpoint.Answer answer = queryAnswer(body);
                deadlines.answering(request);
                Answers.write(response, requestId, answer, callback);
            } else {
                write(answer(body));
            }
        }

        @Override
        public void tooLarge() {
            ErrorCode code = ErrorCode.REQUEST_ENTITY_TOO_LARGE;
            refuse(code.httpStatus(), code, Rejection.TOO_LARGE);
        }

        /** The body did not come whole: bad framing, silence, or a client that went away. */
        @Override
        public void failed(Throwable failure) {
            int status = switch (failure) {
                case HttpException http -> http.getCode();
                case TimeoutException timeout -> HttpStatus.REQUEST_TIMEOUT_408;
                default -> HttpStatus.BAD_REQUEST_400;
            };
            refuse(status, ErrorCode.SERIALIZATION, Rejection.BAD_MESSAGE);
        }

        private WireAnswer answer(byte[] body) {
            try {
                Caller caller = authenticate(kms.verifier(), body);
                return kms.endpoint().answer(caller, operation, body);
            } catch (KeywardException refusal) {
                return ErrorAnswers.of(refusal);
            } catch (Throwable failure) { // an answer is owed whatever happens
                LOG.error("request {} ({}) failed: {}", requestId, operation, FailureReport.of(failure));
                return ErrorAnswers.of(new KeywardException(ErrorCode.INTERNAL));
            }
        }

        private QueryEndpoint.Answer queryAnswer(byte[] body) {
            try {
                boolean isSigned = request.getHeaders().contains(HttpHeader.AUTHORIZATION);
                Caller caller = isSigned ? authenticate(sts.verifier(), body) : null;
                QueryEndpoint.Answer answer = sts.endpoint().answer(caller, origin, body);
                if (!answer.senderKnown()) {
                    counters.increment(Rejection.UNAUTHENTICATED);
                }
                return answer;
            } catch (KeywardException refusal) {
                return sts.endpoint().refuse(refusal, requestId);
            } catch (Throwable failure) { // an answer is owed whatever happens
                LOG.error("request {} to STS failed: {}", requestId, FailureReport.of(failure));
                return sts.endpoint().refuse(new KeywardException(ErrorCode.INTERNAL), requestId);
            }
        }

        private Caller authenticate(SignatureV4Verifier verifier, byte[] body) {
            try {
                VerifiedSigner signer = verifier.verify(signedRequest(body), clock.instant());
                return new Caller(
                        signer.scope(),
                        signer.identity(),
                        signer.accessKeyId(),
                        origin.sourceAddress(),
                        origin.userAgent(),
                        requestId,
                        origin.secureTransport());
            } catch (KeywardException refusal) {
                counters.increment(Rejection.UNAUTHENTICATED);
                throw refusal;
            }
        }

        private SignedRequest signedRequest(byte[] body) {
            List<SignedRequest.Header> headers =
                    new ArrayList<>(request.getHeaders().size());
            for (HttpField field : request.getHeaders()) {
                String value = field.getValue();
                headers.add(new SignedRequest.Header(field.getLowerCaseName(), value == null ? "" : value));
            }
            return new SignedRequest(
                    request.getMethod(),
                    request.getHttpURI().getPath(),
                    request.getHttpURI().getQuery(),
                    headers,
                    body);
        }

        private void write(WireAnswer answer) {
            deadlines.answering(request);
            Answers.write(response, requestId, answer, callback);
        }

        private void refuse(int status, ErrorCode code, Rejection rejection) {
            counters.increment(rejection);
            deadlines.answering(request);
            Answers.refuse(response, requestId, status, new KeywardException(code), callback);
        }
    }
}
