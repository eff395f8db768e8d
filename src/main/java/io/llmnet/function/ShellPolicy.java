package io.llmnet.function;

import io.llmnet.pipeline.Function;
import java.util.Optional;
import java.util.Set;

/**
 * Which programs may be started.
 *
 * @param isEnabled whether any may
 * @param allowed names of programs, or their paths from the root; empty for all
 * @param isOpenToNetwork whether files that came over the network may start them too
 */
public record ShellPolicy(boolean isEnabled, Set<String> allowed, boolean isOpenToNetwork) {
    /** What holds where nobody has said: files of this machine may start any program, others none. */
    public static final ShellPolicy USUAL = new ShellPolicy(true, Set.of(), false);

    public ShellPolicy {
        allowed = Set.copyOf(allowed);
    }

    /** Why a program is not started; empty when it may be. */
    public Optional<String> objection(Function.Shell shell) {
        if (!isEnabled) {
            return Optional.of("shell functions are switched off; see functions.shell.enabled");
        }
        if (shell.isFromNetwork() && !isOpenToNetwork) {
            return Optional.of("shell functions of files that came over the network are switched off;"
                    + " see functions.shell.network");
        }
        // Exactly as it is written: a name is looked for on the PATH, so /tmp/date is not the date that is allowed.
        if (!allowed.isEmpty() && !allowed.contains(shell.command())) {
            return Optional.of("its command is not one of those in functions.shell.allow");
        }
        return Optional.empty();
    }
}
