package io.llmnet.runner.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** One file on its way, which may take several attempts. For one thread. */
final class Download {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;
    private static final int REDIRECTS = 5;
    private static final int TENTHS = 10;
    private static final long MEGABYTE = 1_000_000;

    private final URI url;
    private final Path part;
    private final Path etag;
    private final Hub hub;
    private final Consumer<String> progress;
    private boolean whole;
    private long told;

    /** The server will not give the file, and will not do so a moment later either. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * To {@code part}.
     *
     * @param etag keeps which version of the file {@code part} is the beginning of
     */
    Download(URI url, Path part, Path etag, Hub hub, Consumer<String> progress) {
        this.url = url;
        this.part = part;
        this.etag = etag;
        this.hub = hub;
        this.progress = progress;
    }

    boolean isWhole() {
        return whole;
    }

    /** Fetches what is missing. */
    void run() throws IOException, InterruptedException {
        boolean goesOn = Files.exists(part) && Files.exists(etag);
        long have = goesOn ? Files.size(part) : 0;
        HttpURLConnection answer = ask(have, goesOn ? Files.readString(etag) : "");
        int status = answer.getResponseCode();
        if (status == HttpURLConnection.HTTP_PARTIAL) {
            receive(answer, have, have + answer.getContentLengthLong());
        } else if (status == HttpURLConnection.HTTP_OK) {
            Files.deleteIfExists(part);
            String version = answer.getHeaderField("ETag");
            if (version == null || version.startsWith("W/")) {
                Files.deleteIfExists(etag);
            } else {
                Files.writeString(etag, version);
            }
            receive(answer, 0, answer.getContentLengthLong());
        } else {
            refuse(status);
        }
    }

    private void refuse(int status) throws IOException {
        Files.deleteIfExists(etag);
        if (status >= 500 || status == 416 || status == 429) {
            throw new IOException("its server answered " + status);
        }
        boolean isClosed = status == 401 || status == 403;
        throw new Refused(url + " cannot be fetched, its server answered " + status + "; "
                + (isClosed
                        ? "set HF_TOKEN to a token that may read it, and accept the model's terms there"
                        : "is the name right?"));
    }

    /** Follows redirects itself, for the token is for the hub alone. */
    private HttpURLConnection ask(long from, String version) throws IOException {
        URI there = url;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpURLConnection connection = (HttpURLConnection) there.toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            if (hub.token() != null && hub.isHome(there)) {
                connection.setRequestProperty("Authorization", "Bearer " + hub.token());
            }
            if (!version.isEmpty()) {
                connection.setRequestProperty("Range", "bytes=" + from + "-");
                connection.setRequestProperty("If-Range", version);
            }
            String moved = connection.getResponseCode() / 100 == 3 ? connection.getHeaderField("Location") : null;
            if (moved == null) {
                return connection;
            }
            connection.disconnect();
            there = there.resolve(moved);
        }
        throw new Refused(url + " cannot be fetched, it is moved again and again");
    }

    private void receive(HttpURLConnection answer, long have, long total) throws IOException, InterruptedException {
        long size = have;
        try (InputStream in = answer.getInputStream();
                OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] bytes = new byte[1 << 16];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
                size += read;
                tell(size, total);
                if (Thread.interrupted()) {
                    throw new InterruptedException("told to stop");
                }
            }
        }
        if (answer.getContentLengthLong() >= 0 && size < total) {
            throw new IOException("it broke off after " + size + " of " + total + " bytes");
        }
        whole = true;
    }

    /** Each tenth, and no oftener. */
    private void tell(long size, long total) {
        long tenth = total <= MEGABYTE ? 0 : size * TENTHS / total;
        if (tenth > told) {
            told = tenth;
            progress.accept("fetched " + size / MEGABYTE + " of " + total / MEGABYTE + " MB of " + url);
        }
    }
}
