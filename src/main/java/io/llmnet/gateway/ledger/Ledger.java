package io.llmnet.gateway.ledger;

import io.llmnet.gateway.Outcome;
import io.llmnet.registry.Member;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that is remembered of requests, told together and kept together. Safe from any thread. */
public final class Ledger implements Consumer<Outcome>, AutoCloseable {
    private static final int SPENDING_SECONDS = 5;
    private static final int DEMAND_SECONDS = 300;

    private final History history = new History();
    private final Spending spending;
    private final Stats stats;
    private final Fleet fleet;
    private final List<StateFile> files = new ArrayList<>();
    private final List<Future<?>> saves = new ArrayList<>();
    private final @Nullable Path folder;
    private final @Nullable ScheduledExecutorService saver;

    /**
     * Takes up what the folder keeps; reads files, so not for the event loop.
     *
     * @param nanos the clock of all pulses
     * @param loads whether a backend can be told to load a model
     * @param folder where spending and demand are kept over restarts; null for nowhere
     */
    public Ledger(
            InstantSource clock,
            LongSupplier nanos,
            Budget budget,
            Fleet.Terms terms,
            Predicate<Member> loads,
            @Nullable Path folder) {
        Demands demands = new Demands();
        spending = new Spending(clock, budget);
        stats = new Stats(nanos, spending);
        fleet = new Fleet(clock, terms, loads, demands);
        this.folder = folder;
        saver = folder == null ? null : saver();
        keep("spending.json", spending, SPENDING_SECONDS);
        keep("demand.json", demands, DEMAND_SECONDS);
    }

    /**
     * Takes up what a file keeps, and has it keep what is new from now on; nothing where nothing is kept. Reads the file.
     *
     * @param name of the file
     */
    public void keep(String name, Kept kept, int everySeconds) {
        if (folder == null) {
            return;
        }
        StateFile file = new StateFile(folder.resolve(name), kept);
        file.load();
        files.add(file);
        if (saver != null) {
            saves.add(saver.scheduleWithFixedDelay(file::save, everySeconds, everySeconds, TimeUnit.SECONDS));
        }
    }

    private static ScheduledExecutorService saver() {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "llmnet-ledger");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void accept(Outcome outcome) {
        history.accept(outcome);
        spending.accept(outcome);
        stats.accept(outcome);
        fleet.accept(outcome);
    }

    /** The last requests. */
    public History history() {
        return history;
    }

    /** The month's bill. */
    public Spending spending() {
        return spending;
    }

    /** Sums since the start. */
    public Stats stats() {
        return stats;
    }

    /** Advice on where models should be. */
    public Fleet fleet() {
        return fleet;
    }

    /** Writes what is not written yet, and ends. */
    @Override
    public void close() {
        saves.forEach(save -> save.cancel(false));
        if (saver != null) {
            saver.shutdown();
        }
        files.forEach(StateFile::save);
    }
}
