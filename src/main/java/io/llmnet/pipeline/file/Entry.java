package io.llmnet.pipeline.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node where requests come in.
 *
 * <p>It is the last node of layer 0 that says where it leads. A node without a layer counts as one of layer 0 only where no
 * node says that it is, and rather one that no other leads to: the files of the original leave layers out of targets.
 */
final class Entry {
    private Entry() {}

    /** The entry; null when there is none. */
    static @Nullable Draft of(List<Draft> drafts, Targets targets) {
        List<Draft> asking = drafts.stream().filter(Draft::isModel).toList();
        if (asking.size() == 1) {
            return asking.get(0);
        }
        List<Draft> said = asking.stream().filter(draft -> draft.isInLayer(0)).toList();
        if (!said.isEmpty()) {
            return last(said);
        }
        List<Draft> silent =
                asking.stream().filter(draft -> draft.layer() == null).toList();
        List<Draft> first =
                silent.stream().filter(draft -> !targets.leadTo(draft.name())).toList();
        return last(first.isEmpty() ? silent : first);
    }

    private static @Nullable Draft last(List<Draft> candidates) {
        List<Draft> leading = candidates.stream().filter(Draft::leads).toList();
        List<Draft> left = leading.isEmpty() ? candidates : leading;
        return left.isEmpty() ? null : left.get(left.size() - 1);
    }
}
