package io.llmnet.protocol.http;

import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Network failures in words. */
public final class Reasons {
    private Reasons() {}

    /** Why no answer came, as the end of a sentence about the server. */
    public static String of(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "its name is not known";
        }
        if (cause instanceof HttpClosedException) {
            return "it closed the connection";
        }
        if (cause instanceof ConnectException) {
            String message = String.valueOf(cause.getMessage());
            return message.contains("timed out") ? "connecting took too long" : "it refused the connection";
        }
        if (cause instanceof SSLException) {
            return "no TLS connection could be made";
        }
        if (cause instanceof SocketException) {
            return "the connection broke";
        }
        if (cause instanceof IllegalArgumentException) {
            return "what it sent is no HTTP";
        }
        return cause.getClass().getSimpleName();
    }
}
