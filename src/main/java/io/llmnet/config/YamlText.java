package io.llmnet.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2.
 *
 * <p>From the parser's events and not from its composed tree: composing recurses without a limit, so a hostile file
 * could end the thread. An alias shares the value of its anchor; what it would be when written out is counted, so that a
 * small file cannot unfold into millions of values.
 */
final class YamlText {
    private record Anchored(Value value, int size) {}

    private final String file;
    private final String text;
    private final Problems problems;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int values;

    YamlText(String file, String text, Problems problems) {
        this.file = file;
        this.text = text;
        this.problems = problems;
    }

    /** The one value of the text. */
    Value read() throws Malformed {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(Document.SIZE_LIMIT + 1)
                .setLabel(file)
                .build();
        try {
            return document(new Parse(settings).parseString(text).iterator());
        } catch (MarkedYamlEngineException wrong) {
            Optional<Mark> mark = wrong.getProblemMark().or(wrong::getContextMark);
            throw new Malformed(place(mark), YamlComplaints.words(wrong.getProblem()));
        } catch (YamlEngineException wrong) {
            throw new Malformed(place(Optional.empty()), YamlComplaints.words(wrong.getMessage()));
        }
    }

    private Value document(Iterator<Event> events) throws Malformed {
        Value value = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent node) {
                value = value(node, events, "", 0);
            } else if (event.getEventId() == Event.ID.DocumentStart && value != null) {
                throw new Malformed(place(event), "a second document begins here; keep one document a file");
            }
        }
        if (value == null) {
            throw new Malformed(new Place(file, 1, 1), "is empty; write something into it");
        }
        return value;
    }

    private Value value(NodeEvent event, Iterator<Event> events, String path, int depth) throws Malformed {
        int before = values;
        count(event, 1);
        if (depth > Document.DEPTH_LIMIT) {
            throw new Malformed(
                    place(event), "is nested deeper than " + Document.DEPTH_LIMIT + " levels; make it flatter");
        }
        Value value = switch (event.getEventId()) {
            case Alias -> anchored((AliasEvent) event);
            case SequenceStart -> sequence(event, events, path, depth);
            case MappingStart -> mapping(event, events, path, depth);
            default -> scalar((ScalarEvent) event);
        };
        if (event.getEventId() != Event.ID.Alias) {
            event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(value, values - before)));
        }
        return value;
    }

    private void count(Event event, int more) throws Malformed {
        values += more;
        if (values > Document.VALUE_LIMIT) {
            throw new Malformed(
                    place(event),
                    "has more than " + Document.VALUE_LIMIT + " values, aliases written out; make it smaller");
        }
    }

    private Value anchored(AliasEvent event) throws Malformed {
        String name = event.getAlias().getValue();
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            throw new Malformed(
                    place(event),
                    "nothing before this is marked &" + Paths.shortened(name) + "; mark it, or write it out");
        }
        count(event, anchored.size());
        return anchored.value();
    }

    private Value sequence(Event start, Iterator<Event> events, String path, int depth) throws Malformed {
        List<Value> items = new ArrayList<>();
        while (events.next() instanceof NodeEvent item) {
            items.add(value(item, events, Paths.item(path, items.size()), depth + 1));
        }
        return new Value.Sequence(place(start), items);
    }

    private Value mapping(Event start, Iterator<Event> events, String path, int depth) throws Malformed {
        Gathering entries = new Gathering(problems);
        while (events.next() instanceof NodeEvent key) {
            String name = key(key);
            String keyPath = Paths.key(path, name);
            Value value = value((NodeEvent) events.next(), events, keyPath, depth + 1);
            entries.add(new Value.Entry(place(key), name, value), keyPath);
        }
        return entries.done(place(start));
    }

    private String key(NodeEvent event) throws Malformed {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        throw new Malformed(
                place(event),
                "a key must be plain text; if this is a value that starts with a bracket, " + "put it in quotes");
    }

    private Value scalar(ScalarEvent event) {
        Place place = place(event);
        String word = event.getValue();
        boolean isText = !event.isPlain()
                || event.getTag().filter(tag -> tag.endsWith(":str")).isPresent();
        Value known = isText ? null : known(place, word);
        return known == null ? new Value.Text(place, word, quotes(event)) : known;
    }

    private static @Nullable Value known(Place place, String word) {
        return switch (word) {
            case "", "~", "null", "Null", "NULL" -> new Value.Nothing(place);
            case "true", "True", "TRUE" -> new Value.Truth(place, true);
            case "false", "False", "FALSE" -> new Value.Truth(place, false);
            default -> Numbers.isYaml(word) ? new Value.Numeral(place, word) : null;
        };
    }

    private static Value.Quotes quotes(ScalarEvent event) {
        if (event.isPlain()) {
            return Value.Quotes.NONE;
        }
        if (event.isDQuoted()) {
            return Value.Quotes.DOUBLE;
        }
        return event.isSQuoted() ? Value.Quotes.SINGLE : Value.Quotes.BLOCK;
    }

    private Place place(Event event) {
        return place(event.getStartMark());
    }

    private Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> new Place(file, 1, 1));
    }
}
