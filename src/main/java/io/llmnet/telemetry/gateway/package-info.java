/**
 * Counts what the gateway does: under the names that Nexus' dashboards know, and under those of OpenTelemetry's semantic
 * conventions for generative AI. Labels are of known backends and models only; the rest is {@code other}.
 */
@NullMarked
package io.llmnet.telemetry.gateway;

import org.jspecify.annotations.NullMarked;
