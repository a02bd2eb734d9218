package io.nightshift.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;

/** JSON that means exactly what it says: no unknown or repeated field, and no value of another type that could be made to fit. */
final class StrictJson {
    private StrictJson() {}

    static JsonMapper.Builder strict(JsonMapper.Builder mapper) {
        for (var shape : new CoercionInputShape[] {
            CoercionInputShape.Boolean, CoercionInputShape.Integer, CoercionInputShape.Float
        }) {
            mapper.withCoercionConfig(LogicalType.Textual, config -> config.setCoercion(shape, CoercionAction.Fail));
        }
        return mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfigDefaults(
                        config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .addModule(new SimpleModule("strict")
                        .addDeserializer(Instant.class, new TimeInWords())
                        .addDeserializer(boolean.class, new TrueOrFalse()));
    }

    /** A number could be seconds or milliseconds. */
    private static final class TimeInWords extends StdDeserializer<Instant> {
        @Serial
        private static final long serialVersionUID = 1;

        TimeInWords() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING || json.getText().isBlank()) {
                return context.reportInputMismatch(
                        this, "'%s' is no time: write one as \"2026-04-17T02:00:00Z\"", json.getText());
            }
            return InstantDeserializer.INSTANT.deserialize(json, context);
        }
    }

    /** A null would else be false, and a dry run none. */
    private static final class TrueOrFalse extends StdDeserializer<Boolean> {
        @Serial
        private static final long serialVersionUID = 1;

        TrueOrFalse() {
            super(boolean.class);
        }

        @Override
        public Boolean deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.currentToken().isBoolean() ? json.getBooleanValue() : refuse(context, json.getText());
        }

        @Override
        public Boolean getNullValue(DeserializationContext context) throws JsonMappingException {
            return refuse(context, "null");
        }

        @Override
        public Boolean getAbsentValue(DeserializationContext context) {
            return false;
        }

        private Boolean refuse(DeserializationContext context, String value) throws JsonMappingException {
            return context.reportInputMismatch(this, "write true or false, without quotes, not '%s'", value);
        }
    }
}
