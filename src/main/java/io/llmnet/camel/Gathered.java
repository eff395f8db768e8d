package io.llmnet.camel;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes one run again of what the branches of a fan-out brought. */
final class Gathered implements Processor {
    @Override
    public void process(Exchange exchange) throws Exception {
        List<Branch> branches = exchange.getMessage().getBody(Branches.class).all();
        List<Branch> spoken = branches.stream().filter(Branch::hasSpoken).toList();
        if (spoken.isEmpty()) {
            throw Objects.requireNonNull(branches.get(0).failure());
        }
        String text = spoken.stream()
                .map(branch -> "[" + branch.name() + "]\n"
                        + Objects.requireNonNull(branch.run().said()).text().strip())
                .collect(joining("\n\n"));
        Run trunk = exchange.getProperty(Gather.TRUNK, Run.class);
        exchange.getMessage().setBody(trunk.gathered(new Said(text, null, true, null), hop(branches)));
    }

    private static String hop(List<Branch> branches) {
        String all = branches.stream().map(Branch::name).collect(joining("+"));
        String failed = branches.stream()
                .filter(branch -> !branch.hasSpoken())
                .map(Branch::name)
                .collect(joining("+"));
        return failed.isEmpty() ? all : all + ";failed=" + failed;
    }

    @Override
    public String toString() {
        return "gather";
    }
}
