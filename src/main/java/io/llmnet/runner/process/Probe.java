package io.llmnet.runner.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Looks whether a server answers. */
public final class Probe {
    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = 2000;
    private static final int MOST_BYTES = 10_000_000;

    private Probe() {}

    /** Whether it says that all is well there. */
    public static boolean isWell(URI url) {
        try {
            HttpURLConnection asked = asked(url);
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it says there, from its beginning. */
    public static String text(URI url) throws IOException {
        try (InputStream body = asked(url).getInputStream()) {
            return new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** Whether anybody takes connections at that port of this machine. */
    public static boolean isTaken(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static HttpURLConnection asked(URI url) throws IOException {
        HttpURLConnection asked = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
        asked.setConnectTimeout(CONNECT_MILLIS);
        asked.setReadTimeout(READ_MILLIS);
        return asked;
    }
}
