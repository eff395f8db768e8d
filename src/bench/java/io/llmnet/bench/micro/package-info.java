/** Micro-benchmarks of what every request goes through: reading it, deciding on it, watching its stream. */
package io.llmnet.bench.micro;
