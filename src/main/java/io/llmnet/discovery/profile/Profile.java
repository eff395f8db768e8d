package io.llmnet.discovery.profile;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Paths;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Zone;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of model server is like.
 *
 * @param kind its name in files and pages
 * @param aliases other names of it
 * @param rank kinds of lower rank are looked for first
 * @param ports on which it usually listens
 * @param hosts that are always of this kind
 * @param marks by any of which it is told apart; none when it never is
 * @param health a page that answers well when the server is well; null where the list says as much
 * @param models the list of what it has
 * @param details more of each model; null when it has no such page
 * @param loaded the list of what is in memory; null where {@code models} tells, or nothing does
 * @param load what makes it load a model; empty when it cannot be told to
 * @param unload what makes it let go of a model; empty when it cannot be told to
 * @param names what is known of its models by their names
 */
public record Profile(
        String kind,
        Set<String> aliases,
        Backend.Speaks speaks,
        Place place,
        int rank,
        List<Integer> ports,
        Set<String> hosts,
        Paths paths,
        List<Mark> marks,
        @Nullable String health,
        Listing models,
        @Nullable Details details,
        @Nullable Listing loaded,
        List<ServerPage> server,
        List<Step> load,
        List<Step> unload,
        List<NameRule> names) {
    /** Where servers of a kind are. */
    public enum Place {
        /** On machines of one's own. */
        LOCAL,
        /** At a company. */
        CLOUD,
        /** Here or there: its address tells. */
        EITHER
    }

    public Profile {
        aliases = Set.copyOf(aliases);
        ports = List.copyOf(ports);
        hosts = Set.copyOf(hosts);
        marks = List.copyOf(marks);
        server = List.copyOf(server);
        load = List.copyOf(load);
        unload = List.copyOf(unload);
        names = List.copyOf(names);
    }

    /** The zone of a server of this kind, where nobody has said it. */
    public Zone zone(URI url) {
        return switch (place) {
            case CLOUD -> Zone.OPEN;
            // A server of one's own may still stand, or be copied, where others can look into it.
            case LOCAL, EITHER -> Addresses.isNear(url) ? Zone.RESTRICTED : Zone.OPEN;
        };
    }

    /** What the name of a model tells of it. */
    public Capabilities byName(String model) {
        Capabilities known = Capabilities.UNKNOWN;
        for (NameRule rule : names) {
            if (rule.fits(model)) {
                known = known.or(rule.capabilities());
            }
        }
        return known;
    }

    /** Whether it goes by that name. */
    boolean isCalled(String name) {
        return kind.equals(name) || aliases.contains(name);
    }
}
