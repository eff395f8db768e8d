package io.llmnet.settings;

import io.llmnet.config.Paths;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the types of services that are heard in the local network. */
final class ServiceTypes {
    private static final Pattern TYPE =
            Pattern.compile("(_[A-Za-z0-9-]{1,15}\\._(?:tcp|udp))(?:\\.local)?\\.?", Pattern.CASE_INSENSITIVE);

    private ServiceTypes() {}

    /** Each as {@code _ollama._tcp.local}, with or without the end of it in the file. */
    static List<String> read(Section section, String key, List<String> usual) {
        if (!section.has(key)) {
            return usual;
        }
        List<String> types = new ArrayList<>();
        int index = 0;
        for (Value item : section.items(key)) {
            String path = Paths.item(section.path(key), index++);
            Matcher type = TYPE.matcher(item instanceof Value.Text text ? text.text() : "");
            if (type.matches()) {
                types.add(type.group(1) + ".local");
            } else {
                section.problems().error(item.place(), path, "must be a type of services such as _ollama._tcp.local");
            }
        }
        return types;
    }
}
