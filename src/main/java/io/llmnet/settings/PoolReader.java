package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.registry.Breaker;
import io.llmnet.settings.PoolSettings.Bounds;
import io.llmnet.settings.PoolSettings.Door;
import io.llmnet.settings.PoolSettings.Tls;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what llmnet.yaml says of LLM Pool's doors. */
final class PoolReader {
    private final Section pool;

    private PoolReader(Section pool) {
        this.pool = pool;
    }

    /** All of it, with the tasks that are done behind the doors. */
    static PoolSettings read(@Nullable Section pool, TaskReader.Tasks tasks) {
        PoolSettings usual = PoolSettings.USUAL;
        if (pool == null) {
            return new PoolSettings(
                    null, null, null, usual.bounds(), tasks.named(), tasks.others(), usual.breaker(), null);
        }
        PoolSettings settings = new PoolReader(pool).read(tasks);
        pool.close();
        return settings;
    }

    private PoolSettings read(TaskReader.Tasks tasks) {
        Door http = door("http");
        Door grpc = door("grpc");
        if (http != null && http.port() != 0 && grpc != null && http.port() == grpc.port()) {
            pool.error("grpc", "has the port of \"http\"; give it another");
        }
        return new PoolSettings(
                http,
                grpc,
                tls(grpc),
                bounds(),
                tasks.named(),
                tasks.others(),
                breaker(pool.section("breaker")),
                path(pool, "prompts", true));
    }

    private @Nullable Door door(String key) {
        Value written = pool.find(key);
        if (written instanceof Value.Truth truth) {
            if (truth.holds()) {
                pool.error(key, "must be " + Doors.FORM + ", or false");
            }
            return null;
        }
        String text = written instanceof Value.Numeral number ? number.digits() : pool.expanded(key);
        Door door = text == null ? null : Doors.read(text).orElse(null);
        if (text != null && door == null) {
            pool.error(key, "must be " + Doors.FORM);
        }
        return door;
    }

    private @Nullable Tls tls(@Nullable Door grpc) {
        Section tls = pool.section("tls");
        if (tls == null) {
            return null;
        }
        Path certificate = tls.required("certificate") == null ? null : path(tls, "certificate", false);
        Path key = tls.required("key") == null ? null : path(tls, "key", false);
        Path clients = path(tls, "clients", false);
        tls.close();
        if (grpc == null && !pool.has("grpc")) {
            pool.warning("tls", "has no effect without \"grpc\", whose door it is for; name that");
        }
        return certificate == null || key == null ? null : new Tls(certificate, key, clients);
    }

    private Bounds bounds() {
        Bounds usual = Bounds.USUAL;
        Duration most = or(pool.duration("max-deadline"), usual.maxDeadline());
        Duration deadline = pool.duration("deadline");
        if (deadline != null && deadline.compareTo(most) > 0) {
            pool.error(
                    "deadline",
                    "must be at most \"max-deadline\", which is " + most.toMillis() + "ms; make that longer, too");
        }
        Long prompt = pool.size("max-prompt");
        if (prompt != null && prompt > Integer.MAX_VALUE) {
            pool.error("max-prompt", "must be less than 2GiB");
        }
        return new Bounds(
                most,
                deadline != null ? deadline : most.compareTo(usual.deadline()) < 0 ? most : usual.deadline(),
                prompt == null ? usual.maxPromptBytes() : (int) Math.min(prompt, Integer.MAX_VALUE),
                or(pool.integer("max-tokens", 1, PoolVocabulary.MOST_TOKENS), usual.maxTokens()));
    }

    private static Breaker.Terms breaker(@Nullable Section section) {
        Breaker.Terms usual = PoolSettings.USUAL.breaker();
        return section == null ? usual : TermsReader.breaker(section, usual);
    }

    /** A file or a folder that is there, seen from the folder of the settings. */
    private static @Nullable Path path(Section section, String key, boolean isFolder) {
        String written = section.expanded(key);
        if (written == null) {
            return null;
        }
        String what = isFolder ? "folder" : "file";
        try {
            Path path = Path.of(section.place().file())
                    .toAbsolutePath()
                    .resolveSibling(written)
                    .normalize();
            if (isFolder ? Files.isDirectory(path) : Files.isReadable(path)) {
                return path;
            }
            section.error(key, "there is no such " + what + ", or it cannot be read; correct it");
        } catch (InvalidPathException impossible) {
            section.error(key, "is not the name of a " + what);
        }
        return null;
    }
}
