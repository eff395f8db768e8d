package io.llmnet.grpc;

import io.llmnet.settings.PoolSettings;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** HTTP/2 as gRPC wants it, and what may be wrong with it. */
final class Transport {
    /** In half a minute: a client whose calls all come to their deadlines cancels as many, and means no harm. */
    private static final int MOST_CANCELS = 5000;

    /** Streams of those who watch our health or ask what we look like. */
    private static final int BESIDES = 100;

    private Transport() {}

    /** @param concurrent calls that one client may have at once */
    static HttpServerOptions options(PoolSettings.@Nullable Tls tls, int concurrent) {
        HttpServerOptions options = new HttpServerOptions()
                .setTcpNoDelay(true)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(Math.min(concurrent, Integer.MAX_VALUE - BESIDES) + BESIDES))
                .setHttp2RstFloodMaxRstFramePerWindow(MOST_CANCELS);
        if (tls == null) {
            return options;
        }
        options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(tls.certificate().toString())
                        .setKeyPath(tls.key().toString()));
        if (tls.clients() != null) {
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(
                            new PemTrustOptions().addCertPath(tls.clients().toString()));
        }
        return options;
    }

    /** Why the door cannot be opened, and what to do. */
    static IllegalStateException trouble(PoolSettings.Door at, PoolSettings.@Nullable Tls tls, Throwable why) {
        String place = "cannot listen for gRPC on " + at.host() + ":" + at.port() + ": ";
        if (why instanceof BindException) {
            return new IllegalStateException(
                    place
                            + "the port is in use, or the address is not of this machine; stop what listens there, or name"
                            + " another",
                    why);
        }
        String reason = String.valueOf(why.getMessage());
        return new IllegalStateException(
                tls == null
                        ? place + reason
                        : place + reason
                                + "; the certificate, key and clients of its TLS must be PEM files that you may read",
                why);
    }
}
