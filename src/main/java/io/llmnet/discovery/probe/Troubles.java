package io.llmnet.discovery.probe;

import io.llmnet.protocol.http.Reasons;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;

/** What is wrong with a server, in words; never in its own, which may repeat a key. */
final class Troubles {
    private Troubles() {}

    static String of(Throwable why) {
        boolean isOurs = why instanceof TimeoutException || why instanceof IllegalStateException;
        return isOurs ? String.valueOf(why.getMessage()) : Reasons.of(why);
    }

    /** Whether nobody listens there. */
    static boolean isRefused(Throwable why) {
        return why instanceof ConnectException
                && !String.valueOf(why.getMessage()).contains("timed out");
    }

    static String of(int status, String path, boolean hasKey) {
        String page = path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
        return switch (status) {
            case 401, 403 ->
                (hasKey ? "it refuses our key" : "it wants a key; set its api-key") + " (status " + status + ")";
            case 404 -> "it has no " + page + "; is it of another kind?";
            case 503 -> "it is not ready (status 503)";
            default -> page + " answers with status " + status;
        };
    }
}
