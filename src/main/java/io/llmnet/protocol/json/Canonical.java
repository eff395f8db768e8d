package io.llmnet.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.TreeMap;

/** JSON in one form for all that means the same: keys in order, no space, numbers without needless digits. */
public final class Canonical {
    private static final int LARGEST_EXPONENT = 1000;
    private static final int MOST_ZEROS = 30;

    private Canonical() {}

    /** The text of a value. */
    public static String text(JsonNode value) {
        return Json.text(sorted(value));
    }

    private static JsonNode sorted(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode sorted = Json.object();
            TreeMap<String, JsonNode> members = new TreeMap<>();
            object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            members.forEach((key, member) -> sorted.set(key, sorted(member)));
            return sorted;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode sorted = Json.object().arrayNode(array.size());
            array.forEach(item -> sorted.add(sorted(item)));
            return sorted;
        }
        return value.isNumber() ? number(value) : value;
    }

    /** What has a huge exponent stays as it is: its digits would fill the memory. */
    private static JsonNode number(JsonNode value) {
        BigDecimal said = value.decimalValue();
        if (Math.abs((long) said.scale()) > LARGEST_EXPONENT) {
            return value;
        }
        BigDecimal plain = said.stripTrailingZeros();
        boolean isWritten = plain.scale() <= 0 && -plain.scale() <= MOST_ZEROS;
        return Json.object().numberNode(isWritten ? plain.setScale(0) : plain);
    }
}
