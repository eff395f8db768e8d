package io.llmnet.dispatch;

import io.llmnet.chat.Answer;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Details;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Load;
import io.llmnet.routing.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one request has tried so far, and what came of it. */
final class Trail {
    private static final int MOST_TOLD = 5;

    private record Trouble(String backend, String why) {}

    private final List<Candidate> candidates;
    /** How often each was asked; whether each may be asked now; how each failed. */
    private final byte[] asked;

    private final boolean[] open;
    private final @Nullable Verdict[] verdicts;
    private final List<Trouble> troubles = new ArrayList<>(0);
    private int unasked;
    private int rounds;
    private @Nullable Answer lastAnswer;
    private @Nullable Throwable lastFailure;

    Trail(List<Candidate> candidates) {
        this.candidates = candidates;
        this.asked = new byte[candidates.size()];
        this.open = new boolean[candidates.size()];
        this.verdicts = new Verdict[candidates.size()];
        this.unasked = candidates.size();
        Arrays.fill(open, true);
    }

    boolean isUnasked(int index) {
        return open[index];
    }

    boolean hasUnasked() {
        return unasked > 0;
    }

    /** Those that were not asked yet and are, or are not, reluctant. */
    List<Candidate> unasked(long now, boolean reluctant) {
        if (unasked == 0) {
            return List.of();
        }
        List<Candidate> found = new ArrayList<>();
        for (int i = 0; i < open.length; i++) {
            Candidate candidate = candidates.get(i);
            if (open[i] && Walk.offer(candidate).pulse().isReluctant(now) == reluctant) {
                found.add(candidate);
            }
        }
        return found;
    }

    void asked(int index) {
        open[index] = false;
        unasked--;
        asked[index]++;
    }

    void failed(int index, Verdict verdict, @Nullable Answer answer, @Nullable Throwable failure) {
        verdicts[index] = verdict;
        lastAnswer = answer;
        lastFailure = answer == null ? Failures.cause(failure) : null;
        if (troubles.size() < MOST_TOLD) {
            troubles.add(new Trouble(candidates.get(index).backend().name(), Attempt.why(answer, failure)));
        }
    }

    /**
     * The first of those asked least often that may do better in a moment; -1 when there is none.
     *
     * @param isNear whether one may be waited for
     */
    int worthRepeating(int most, IntPredicate isNear) {
        int best = -1;
        for (int i = 0; i < open.length; i++) {
            Verdict verdict = verdicts[i];
            boolean may = verdict != null && verdict.mayPass() && asked[i] < most && isNear.test(i);
            if (may && (best < 0 || asked[i] < asked[best])) {
                best = i;
            }
        }
        rounds++;
        return best;
    }

    /** How often all have failed. */
    int rounds() {
        return rounds;
    }

    /** That one may be asked once more. */
    void repeat(int index) {
        open[index] = true;
        unasked++;
    }

    /** The candidate that may be asked at a backend; -1 when there is none. */
    int indexOf(Load load) {
        for (int i = 0; i < open.length; i++) {
            if (open[i] && Objects.equals(Walk.offer(candidates.get(i)).member().load(), load)) {
                return i;
            }
        }
        return -1;
    }

    /** Tells how it ended: with a backend's own refusal, or with why nobody answered. */
    void settle(Consumer<ChatException> failed, Consumer<Answer> refused) {
        if (lastAnswer != null) {
            refused.accept(lastAnswer);
        } else if (lastFailure instanceof ChatException chat && troubles.size() == 1) {
            failed.accept(chat);
        } else {
            Fault fault = lastFailure instanceof ChatException chat ? chat.fault() : Fault.BACKEND_FAILED;
            failed.accept(new ChatException(fault, "nobody answered; " + words(), lastFailure)
                    .with(new Details(Map.of(), Map.of("rejections", rejections()))));
        }
    }

    private String words() {
        return troubles.stream().map(one -> one.backend() + ": " + one.why()).collect(Collectors.joining("; "));
    }

    private List<Map<String, String>> rejections() {
        return troubles.stream()
                .map(one -> Map.of("agent_id", one.backend(), "reason", one.why()))
                .toList();
    }
}
