package io.llmnet.discovery.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.registry.Card;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page that lists models.
 *
 * @param list where the list is; what is no list counts as its only item, or as a map of items
 * @param id where an item has its name
 * @param strip with what names begin that requests do without; empty for nothing
 */
public record Listing(String path, Pointer list, Pointer id, String strip, Facts facts) {
    /** One model of the list, and its item. */
    public record Item(Card card, JsonNode said) {}

    /** The models; null when the page has no such list. */
    public @Nullable List<Item> read(JsonNode page) {
        JsonNode found = list.first(page);
        if (found == null || found.isValueNode()) {
            return null;
        }
        Map<String, Item> items = new LinkedHashMap<>();
        for (JsonNode item : items(found)) {
            String name = id.text(item);
            if (name != null) {
                String plain = name.startsWith(strip) ? name.substring(strip.length()) : name;
                items.putIfAbsent(plain, new Item(facts.of(plain, item), item));
            }
        }
        return List.copyOf(items.values());
    }

    /** The names in it; none when the page has no such list. */
    public List<String> names(JsonNode page) {
        List<Item> items = read(page);
        return items == null
                ? List.of()
                : items.stream().map(item -> item.card().id()).toList();
    }

    private List<JsonNode> items(JsonNode found) {
        List<JsonNode> items = new ArrayList<>();
        if (found.isArray() || id.text(found) == null) {
            found.forEach(items::add);
        } else {
            items.add(found);
        }
        return items;
    }
}
