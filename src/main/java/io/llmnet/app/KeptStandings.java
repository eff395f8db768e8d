package io.llmnet.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.camel.ensemble.Assembly;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Standing;
import io.llmnet.ensemble.Standings;
import io.llmnet.gateway.ledger.Kept;
import io.llmnet.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How well the members of councils do, kept over restarts. */
final class KeptStandings implements Kept, Assembly.Listener {
    private final Standings standings;
    private final AtomicLong version = new AtomicLong();

    KeptStandings(Standings standings) {
        this.standings = standings;
    }

    @Override
    public void decided(Council council, Decision decision, long nanos) {
        version.incrementAndGet();
    }

    @Override
    public void failed(Council council, List<Decision.Vote> votes, long nanos) {}

    @Override
    public long version() {
        return version.get();
    }

    @Override
    public ObjectNode state() {
        ObjectNode state = Json.object();
        ArrayNode all = state.putArray("standings");
        for (Standing one : standings.snapshot()) {
            all.addObject()
                    .put("council", one.council())
                    .put("seat", one.seat())
                    .put("wins", one.wins())
                    .put("losses", one.losses())
                    .put("answers", one.answers())
                    .put("failures", one.failures());
        }
        return state;
    }

    @Override
    public void restore(ObjectNode state) {
        List<Standing> known = new ArrayList<>();
        for (JsonNode one : state.path("standings")) {
            known.add(new Standing(
                    one.path("council").asText(),
                    one.path("seat").asText(),
                    one.path("wins").asDouble(),
                    one.path("losses").asDouble(),
                    one.path("answers").asDouble(),
                    one.path("failures").asDouble()));
        }
        standings.restore(known);
    }
}
