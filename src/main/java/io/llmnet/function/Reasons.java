package io.llmnet.function;

import io.vertx.core.VertxException;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Network failures in words. */
final class Reasons {
    private Reasons() {}

    static String of(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "the server's name is not known";
        }
        if (cause instanceof SocketException) {
            return "the server cannot be reached";
        }
        if (cause instanceof SSLException) {
            return "no TLS connection could be made";
        }
        if (cause instanceof UpgradeRejectedException refused) {
            return "HTTP " + refused.getStatus();
        }
        if (cause instanceof VertxException) {
            return "the server closed the connection";
        }
        return cause.getClass().getSimpleName();
    }
}
