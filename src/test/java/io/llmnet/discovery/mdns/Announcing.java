package io.llmnet.discovery.mdns;

import io.llmnet.discovery.Options;
import io.llmnet.discovery.Self;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.discovery.scan.Here;
import io.llmnet.registry.Registry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** A program that announces itself and prints who is heard, until its input ends: to be run in a network of its own. */
public final class Announcing {
    private Announcing() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        Vertx vertx = Vertx.vertx();
        Context context = vertx.getOrCreateContext();
        Registry registry = new Registry(InstantSource.system(), (said, card) -> card);
        registry.onChange(roster -> System.out.println("known:"
                + roster.members().stream()
                        .map(member -> " " + member.name() + "=" + member.said().kind() + "="
                                + member.backend().url())
                        .reduce("", String::concat)
                + "."));
        Self self = new Self("me-in-the-test", "9.9", "0.0.0.0", 8080, Set.of());
        Here here = Here.look();
        Options usual = Options.USUAL;
        Options options = new Options(
                true,
                true,
                usual.services(),
                true,
                usual.every(),
                usual.fast(),
                Duration.ofMillis(200),
                usual.timeout(),
                usual.loading(),
                usual.timeouts(),
                usual.thresholds(),
                usual.ports());
        Neighbours neighbours = new Neighbours(
                vertx, context, registry, Profiles.standard(), () -> options, self, () -> here, url -> false);
        context.runOnContext(nothing -> neighbours.start());
        while (System.in.read() >= 0) {
            // until it ends
        }
        neighbours.close();
        System.exit(0);
    }
}
