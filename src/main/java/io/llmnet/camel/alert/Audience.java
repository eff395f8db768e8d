package io.llmnet.camel.alert;

/** Clients that have come to us to hear of alerts. */
@FunctionalInterface
public interface Audience {
    /** Tells all that listen to this alert; returns at once, whatever they do. */
    void tell(String pipeline, String alert, String text);
}
