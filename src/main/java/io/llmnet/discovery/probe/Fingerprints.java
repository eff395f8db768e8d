package io.llmnet.discovery.probe;

import io.llmnet.backend.Backend;
import io.llmnet.discovery.profile.Mark;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells which kind a server is of, by what its pages have; never by its port. For one event loop. */
public final class Fingerprints {
    /** With which we tell who we are, so that nobody takes himself for his neighbour. */
    public static final String INSTANCE = "x-llmnet-instance";

    private static final String FIRST = "/";

    private final Visits visits;
    private final Profiles profiles;
    private final Supplier<Duration> timeout;
    private final String instance;

    /**
     * One that asks over these.
     *
     * @param timeout for one page
     * @param instance who we are
     */
    public Fingerprints(Visits visits, Profiles profiles, Supplier<Duration> timeout, String instance) {
        this.visits = visits;
        this.profiles = profiles;
        this.timeout = timeout;
        this.instance = instance;
    }

    /** What is at an address. */
    public enum What {
        /** Nobody listens. */
        NOBODY,
        /** Somebody who is no model server, or does not answer. */
        STRANGER,
        /** We. */
        OURSELVES,
        /** A model server of a kind that is known. */
        SERVER
    }

    /**
     * What was found.
     *
     * @param kind of a {@code SERVER}; null else
     * @param words why nothing is known, for people
     */
    public record Found(What what, @Nullable Profile kind, String words) {}

    /** Looks; never fails. The first page tells whether anybody is there; the others are asked for at once. */
    public Future<Found> look(URI url, @Nullable String apiKey) {
        Visits.Server server = new Visits.Server(url, Backend.Speaks.OPENAI, apiKey);
        return visits.get(server, FIRST, timeout.get())
                .compose(first -> isOurs(first)
                        ? Future.succeededFuture(new Found(What.OURSELVES, null, "it is this server"))
                        : rest(server, first))
                .otherwise(why ->
                        new Found(Troubles.isRefused(why) ? What.NOBODY : What.STRANGER, null, Troubles.of(why)));
    }

    private Future<Found> rest(Visits.Server server, Visit first) {
        Map<String, Future<Visit>> pages = new LinkedHashMap<>();
        pages.put(FIRST, Future.succeededFuture(first));
        for (Profile profile : profiles.all()) {
            for (Mark mark : profile.marks()) {
                pages.computeIfAbsent(mark.path(), path -> visits.get(server, path, timeout.get()));
            }
        }
        List<Future<?>> all = new ArrayList<>();
        pages.values().forEach(page -> all.add(page.otherwiseEmpty()));
        return Future.join(all).map(nothing -> judge(pages));
    }

    private Found judge(Map<String, Future<Visit>> pages) {
        for (Future<Visit> page : pages.values()) {
            if (page.succeeded() && isOurs(page.result())) {
                return new Found(What.OURSELVES, null, "it is this server");
            }
        }
        for (Profile profile : profiles.all()) {
            if (profile.marks().stream().anyMatch(mark -> isOn(mark, pages.get(mark.path())))) {
                return new Found(What.SERVER, profile, "it is of the kind " + profile.kind());
            }
        }
        return new Found(What.STRANGER, null, "it is of no kind that is known; set its kind");
    }

    private static boolean isOn(Mark mark, @Nullable Future<Visit> page) {
        if (page == null || page.failed()) {
            return false;
        }
        Visit visit = page.result();
        return mark.isOn(visit.status(), visit.headers()::get, visit.body());
    }

    private boolean isOurs(Visit visit) {
        return instance.equals(visit.headers().get(INSTANCE));
    }
}
