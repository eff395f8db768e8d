package io.llmnet.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a document holds, and where: one tree for JSON and YAML alike. */
public sealed interface Value {
    /** Where it begins. */
    Place place();

    /** Hands this value to the case that fits. */
    <R> R match(Cases<R> cases);

    /** What it is, for messages: {@code text}, {@code a number}. */
    default String kind() {
        return match(Kinds.NAMES);
    }

    /** How a text was written, which says where its characters stand. */
    enum Quotes {
        NONE,
        SINGLE,
        DOUBLE,
        /** Indented lines under a {@code |} or {@code >}. */
        BLOCK
    }

    /** Text. */
    record Text(Place place, String text, Quotes quotes) implements Value {
        /** Where one of its characters stands, from 0; where the text begins when that cannot be told. */
        public Place placeAt(int offset) {
            String before = text.substring(0, Math.min(offset, text.length()));
            if (quotes == Quotes.BLOCK || before.indexOf('\n') >= 0) {
                return place;
            }
            long escapes = before.chars().filter(this::isEscaped).count();
            int quote = quotes == Quotes.NONE ? 0 : 1;
            return new Place(place.file(), place.line(), place.column() + quote + before.length() + (int) escapes);
        }

        private boolean isEscaped(int character) {
            return quotes == Quotes.DOUBLE
                    ? character == '"' || character == '\\'
                    : quotes == Quotes.SINGLE && character == '\'';
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.text(this);
        }
    }

    /**
     * A number.
     *
     * @param digits as it was written, so that nothing is lost: {@code 1.0}, {@code 1e3}
     */
    record Numeral(Place place, String digits) implements Value {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.numeral(this);
        }
    }

    /** True or false. */
    record Truth(Place place, boolean holds) implements Value {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.truth(this);
        }
    }

    /** A null: the key is there, and says nothing. */
    record Nothing(Place place) implements Value {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.nothing(this);
        }
    }

    /** Values in order. */
    record Sequence(Place place, List<Value> items) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.sequence(this);
        }
    }

    /** Values by key, in order. */
    record Mapping(Place place, List<Entry> entries, Map<String, Entry> byName) implements Value {
        /** Of entries whose names differ. */
        public Mapping(Place place, List<Entry> entries) {
            this(place, entries, index(entries));
        }

        public Mapping {
            entries = List.copyOf(entries);
            byName = Map.copyOf(byName);
        }

        private static Map<String, Entry> index(List<Entry> entries) {
            Map<String, Entry> index = new LinkedHashMap<>();
            entries.forEach(entry -> index.put(entry.name(), entry));
            return index;
        }

        /** The value of a key, null when the key is not there. */
        public @Nullable Value find(String name) {
            Entry entry = byName.get(name);
            return entry == null ? null : entry.value();
        }

        /** The text at a key, as it is written; null when there is none. */
        @Nullable
        String text(String name) {
            return find(name) instanceof Text text ? text.text() : null;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.mapping(this);
        }
    }

    /**
     * A key and its value.
     *
     * @param place the key's own
     */
    record Entry(Place place, String name, Value value) {}

    /** One answer for each kind of value. */
    interface Cases<R> {
        R text(Text text);

        R numeral(Numeral numeral);

        R truth(Truth truth);

        R nothing(Nothing nothing);

        R sequence(Sequence sequence);

        R mapping(Mapping mapping);
    }
}
