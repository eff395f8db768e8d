package io.llmnet.camel;

import java.util.List;

/** What came back from a fan-out, in the order of the file. */
record Branches(List<Branch> all) {
    Branches {
        all = List.copyOf(all);
    }
}
