package io.llmnet.runner;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.llmnet.runner.Recipe.Launch;
import io.llmnet.runner.process.Guarded;
import io.llmnet.runner.process.Probe;
import io.llmnet.runner.process.ProgramLog;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Keeps one program running: starts it, waits until it is ready, starts it again when it crashes, and gives up when it
 * crashes again and again. All of it on one thread, which blocks.
 */
final class Supervisor implements Watched, Runnable {
    private static final System.Logger LOGGER = System.getLogger(Supervisor.class.getPackageName());
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration ROUND = Duration.ofHours(1);
    /** A program that is not there, or cannot be run, as shells tell it. */
    private static final int CANNOT_RUN = 126;

    private static final int NOT_FOUND = 127;

    private final String name;
    private final URI place;
    private final Recipe recipe;
    private final BooleanSupplier isThere;
    private final Duration readyTimeout;
    private final ProgramLog log;
    private final Pace pace;
    private final Standing standing = new Standing();
    private final Thread thread;
    private int crashes;

    /**
     * A program to be kept running.
     *
     * @param name of the model, for people
     * @param place where it shall listen
     * @param isThere whether somebody else serves at the place already, so that there is nothing to start
     */
    Supervisor(
            String name,
            URI place,
            Recipe recipe,
            BooleanSupplier isThere,
            Duration readyTimeout,
            ProgramLog log,
            Pace pace) {
        this.name = name;
        this.place = place;
        this.recipe = recipe;
        this.isThere = isThere;
        this.readyTimeout = readyTimeout;
        this.log = log;
        this.pace = pace;
        this.thread = new Thread(this, "runner-" + name);
        this.thread.setDaemon(true);
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void tellToStop() {
        thread.interrupt();
    }

    @Override
    public void awaitStopped() {
        try {
            thread.join(pace.grace().plusSeconds(5).toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            if (isThere.getAsBoolean()) {
                LOGGER.log(INFO, "model {0}: uses what serves at {1} already", name, place);
                standing.become(Standing.State.READY);
                return;
            }
            while (round(recipe.launch(place))) {
                Thread.sleep(pace.pause(crashes).toMillis());
            }
        } catch (RunnerFailure failed) {
            giveUp(failed.text());
        } catch (IOException noShell) {
            giveUp("its program cannot be started: " + noShell.getMessage());
        } catch (InterruptedException told) {
            LOGGER.log(INFO, "model {0}: stopped", name);
        } catch (RuntimeException bug) {
            LOGGER.log(ERROR, "model " + name + ": an error of ours, please report it", bug);
            giveUp(String.valueOf(bug.getMessage()));
        } finally {
            log.close();
        }
    }

    /** One life of the program; whether it may have another. */
    private boolean round(Launch launch) throws IOException, InterruptedException, RunnerFailure {
        log.begin();
        LOGGER.log(INFO, "model {0}: starting at {1}, log in {2}", name, place, log.file());
        Guarded program = Guarded.start(launch.command(), launch.environment(), pace.grace(), log);
        try {
            if (isReady(program, launch)) {
                long since = System.nanoTime();
                standing.become(Standing.State.READY);
                LOGGER.log(INFO, "model {0}: ready at {1}", name, place);
                while (!program.awaitEnd(ROUND)) {
                    // it runs
                }
                crashes = System.nanoTime() - since < pace.steady().toNanos() ? crashes : 0;
            }
            return mayLiveAgain(program.code());
        } finally {
            // told to stop, the thread is interrupted, and waits for the program's end all the same
            boolean wasTold = Thread.interrupted();
            program.stop();
            if (wasTold) {
                thread.interrupt();
            }
        }
    }

    /** Waits until it is ready, or has ended. */
    private boolean isReady(Guarded program, Launch launch) throws InterruptedException, RunnerFailure {
        long start = System.nanoTime();
        while (!program.awaitEnd(LOOK)) {
            if (launch.probes().stream().allMatch(path -> Probe.isWell(place.resolve(path))) && program.isAlive()) {
                return true;
            }
            if (System.nanoTime() - start > readyTimeout.toNanos()) {
                throw new RunnerFailure("it was not ready after " + readyTimeout.toSeconds()
                        + " s; give it longer by the parameter ready-timeout; " + lastWords());
            }
        }
        return false;
    }

    private boolean mayLiveAgain(int code) throws RunnerFailure {
        standing.become(Standing.State.STARTING);
        crashes++;
        if (crashes >= pace.attempts() || code == CANNOT_RUN || code == NOT_FOUND) {
            throw new RunnerFailure("it ended " + (crashes == 1 ? "" : crashes + " times in a row, at last ")
                    + "with code " + code + "; see why, and start llmnet again; " + lastWords());
        }
        LOGGER.log(
                WARNING,
                "model {0}: ended with code {1}, starting it again in {2} ms; {3}",
                name,
                String.valueOf(code),
                String.valueOf(pace.pause(crashes).toMillis()),
                lastWords());
        return true;
    }

    private String lastWords() {
        return "the end of " + log.file() + ":\n" + log.lastWords();
    }

    private void giveUp(String why) {
        LOGGER.log(ERROR, "model {0}: given up: {1}", name, why);
        standing.become(Standing.State.GIVEN_UP);
    }
}
