package io.llmnet.discovery.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.backend.Backend;
import io.llmnet.discovery.profile.Details;
import io.llmnet.discovery.profile.Facts;
import io.llmnet.discovery.profile.Listing;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.discovery.profile.ServerPage;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Card;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Report;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server how it is and what it has, as its kind is asked. Only lists are asked for: nothing costs money, and no
 * model is loaded. For one event loop.
 *
 * <p>The page about one model is asked for once, and again when its item in the list has changed.
 */
public final class Prober {
    private static final int DETAILS_AT_ONCE = 8;

    private final Visits visits;
    private final Profiles profiles;
    private final Supplier<Duration> timeout;
    /** What the pages about single models said, by backend, then by model. */
    private final Map<String, Map<String, Known>> known = new HashMap<>();

    private record Known(int item, Card card) {}

    /**
     * One that asks over these.
     *
     * @param timeout for one probe as a whole
     */
    public Prober(Visits visits, Profiles profiles, Supplier<Duration> timeout) {
        this.visits = visits;
        this.profiles = profiles;
        this.timeout = timeout;
    }

    /** How the server is; never fails. */
    public Future<Report> probe(Registration said) {
        return new Probe(said, profiles.of(said.kind())).run();
    }

    /** Forgets what pages about single models said. */
    public void forget(String backend) {
        known.remove(backend);
    }

    /** The names of the models that are in memory there; empty when it does not tell. Fails when it does not answer. */
    public Future<List<String>> loaded(Backend backend, Profile kind) {
        Listing list = kind.loaded() == null ? kind.models() : kind.loaded();
        return visits.get(Visits.Server.of(backend), list.path(), timeout.get()).map(visit -> {
            JsonNode page = visit.isWell() ? visit.json() : null;
            if (page == null) {
                throw new IllegalStateException(Troubles.of(visit.status(), list.path(), backend.apiKey() != null));
            }
            if (kind.loaded() != null) {
                return list.names(page);
            }
            List<Listing.Item> items = list.read(page);
            return items == null
                    ? List.of()
                    : items.stream()
                            .map(Listing.Item::card)
                            .filter(card -> card.loaded() == Ability.YES)
                            .map(Card::id)
                            .toList();
        });
    }

    /** One probe on its way. */
    private final class Probe {
        private final Registration said;
        private final Profile kind;
        private final Visits.Server server;
        private final long began = System.nanoTime();
        private final Map<String, Future<Visit>> pages = new LinkedHashMap<>();

        Probe(Registration said, Profile kind) {
            this.said = said;
            this.kind = kind;
            this.server = Visits.Server.of(said.backend());
        }

        Future<Report> run() {
            Future<Void> well = kind.health() == null ? Future.succeededFuture() : health(kind.health());
            return well.compose(nothing -> page(kind.models().path()))
                    .compose(list -> report(list))
                    .otherwise(why -> Report.failed(Troubles.of(why), took()));
        }

        private Future<Void> health(String path) {
            return page(path)
                    .compose(visit -> visit.isWell() || visit.status() == 404
                            ? Future.succeededFuture()
                            : Future.failedFuture(new IllegalStateException(Troubles.of(
                                    visit.status(), path, said.backend().apiKey() != null))));
        }

        private Future<Report> report(Visit list) {
            String path = kind.models().path();
            boolean hasNoList = list.status() == 404 || list.status() == 405 || list.status() == 501;
            if (list.status() == 429 || (hasNoList && !said.models().isEmpty())) {
                return Future.succeededFuture(new Report(null, null, 0, null, list.took()));
            }
            if (!list.isWell()) {
                boolean hasKey = said.backend().apiKey() != null;
                return Future.succeededFuture(Report.failed(Troubles.of(list.status(), path, hasKey), list.took()));
            }
            JsonNode json = list.json();
            List<Listing.Item> items = json == null ? null : kind.models().read(json);
            if (items == null) {
                return Future.succeededFuture(new Report(null, null, 0, null, list.took()));
            }
            return more(items).map(nothing -> report(list, items));
        }

        /** Asks for all else that tells something; what does not come is done without. */
        private Future<Void> more(List<Listing.Item> items) {
            List<Future<?>> all = new ArrayList<>();
            kind.server().forEach(page -> all.add(page(page.path()).otherwiseEmpty()));
            if (kind.loaded() != null) {
                all.add(page(kind.loaded().path()).otherwiseEmpty());
            }
            Details details = kind.details();
            if (details != null) {
                Map<String, Known> cards = known.computeIfAbsent(said.name(), name -> new HashMap<>());
                cards.keySet()
                        .retainAll(items.stream().map(item -> item.card().id()).toList());
                List<Listing.Item> news =
                        items.stream().filter(item -> isNews(cards, item)).toList();
                for (int lane = 0; lane < Math.min(DETAILS_AT_ONCE, news.size()); lane++) {
                    all.add(details(details, cards, news, lane));
                }
            }
            return Future.join(all).mapEmpty();
        }

        private boolean isNews(Map<String, Known> cards, Listing.Item item) {
            Known before = cards.get(item.card().id());
            return before == null || before.item() != item.said().hashCode();
        }

        private Future<Void> details(Details details, Map<String, Known> cards, List<Listing.Item> news, int at) {
            if (at >= news.size() || left().isNegative()) {
                return Future.succeededFuture();
            }
            Listing.Item item = news.get(at);
            String id = item.card().id();
            return visits.post(server, details.path(), details.bodyOf(id), left())
                    .map(visit -> {
                        JsonNode page = visit.isWell() ? visit.json() : null;
                        if (page != null) {
                            cards.put(
                                    id,
                                    new Known(
                                            item.said().hashCode(),
                                            details.facts().of(id, page)));
                        }
                        return true;
                    })
                    .otherwiseEmpty()
                    .compose(nothing -> details(details, cards, news, at + DETAILS_AT_ONCE));
        }

        private Report report(Visit list, List<Listing.Item> items) {
            int slots = 0;
            String version = null;
            Map<ServerPage, JsonNode> told = new LinkedHashMap<>();
            for (ServerPage page : kind.server()) {
                JsonNode json = json(page.path());
                if (json != null) {
                    told.put(page, json);
                    slots = slots == 0 && page.slots() != null
                            ? (int) Math.min(100_000, page.slots().number(json))
                            : slots;
                    version = version == null && page.version() != null
                            ? page.version().text(json)
                            : version;
                }
            }
            Set<String> loaded = loaded();
            Map<String, Known> cards = known.getOrDefault(said.name(), Map.of());
            List<Card> models = new ArrayList<>();
            for (Listing.Item item : items) {
                models.add(card(item.card(), cards.get(item.card().id()), loaded, told));
            }
            return Report.well(models, slots, version, list.took());
        }

        private Card card(
                Card listed, @Nullable Known detailed, @Nullable Set<String> loaded, Map<ServerPage, JsonNode> told) {
            Card card = listed;
            for (Map.Entry<ServerPage, JsonNode> page : told.entrySet()) {
                // What the server says of itself is how the model runs, not what it could.
                card = Facts.or(page.getKey().facts().of(listed.id(), page.getValue()), card);
            }
            card = detailed == null ? card : Facts.or(detailed.card(), card);
            return loaded == null ? card : card.loaded(loaded.contains(card.id()));
        }

        private @Nullable Set<String> loaded() {
            JsonNode json = kind.loaded() == null ? null : json(kind.loaded().path());
            return json == null || kind.loaded() == null
                    ? null
                    : new HashSet<>(kind.loaded().names(json));
        }

        private @Nullable JsonNode json(String path) {
            Future<Visit> page = pages.get(path);
            Visit visit = page == null ? null : page.result();
            return visit == null || !visit.isWell() ? null : visit.json();
        }

        /** A page, asked for once. */
        private Future<Visit> page(String path) {
            Future<Visit> asked = pages.get(path);
            if (asked == null) {
                asked = visits.get(server, path, left());
                pages.put(path, asked);
            }
            return asked;
        }

        private Duration took() {
            return Duration.ofNanos(System.nanoTime() - began);
        }

        private Duration left() {
            return timeout.get().minus(took());
        }
    }
}
