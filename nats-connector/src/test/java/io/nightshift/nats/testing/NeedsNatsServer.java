package io.nightshift.nats.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test class where nats-server is missing, before Quarkus starts anything for it: what a test resource throws is a
 * failure to Quarkus, also where it means to skip. With CI=true nothing is skipped, and {@link NatsServer#start} says why.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNatsServer.Condition.class)
public @interface NeedsNatsServer {
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return NatsServer.mayBeSkipped()
                    ? ConditionEvaluationResult.disabled(NatsServer.MISSING)
                    : ConditionEvaluationResult.enabled("nats-server is there, or must be");
        }
    }
}
