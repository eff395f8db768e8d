package io.llmnet.camel.console;

import org.apache.camel.CamelContext;
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.spi.CliConnectorFactory;

/**
 * Whether the Camel CLI of the same user ({@code camel get route} and the like) may look into this process, by files in
 * {@code ~/.camel} that are written every second.
 */
public final class CamelCli {
    private CamelCli() {}

    /** Says so to a context that has not started; Camel would connect wherever it is not told otherwise. */
    public static void allow(CamelContext camel, boolean allowed) {
        DefaultCliConnectorFactory factory = new DefaultCliConnectorFactory();
        factory.setRuntime("Quarkus");
        factory.setRuntimeStartClass("llmnet");
        factory.setEnabled(allowed);
        camel.getRegistry().bind("llmnetCli", CliConnectorFactory.class, factory);
    }
}
