package dev.keyward.store;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Lists and maps of text that are read and written whole, as JSON in one column. */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    static String ofList(List<String> list) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            list.forEach(json::writeString);
            json.writeEndArray();
        }
        return text.toString();
    }

    static List<String> toList(String text) {
        List<String> list = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            require(json.nextToken(), JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                require(json.currentToken(), JsonToken.VALUE_STRING);
                list.add(json.getString());
            }
        }
        return list;
    }

    static String ofMap(Map<String, String> map) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            map.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        return text.toString();
    }

    static Map<String, String> toMap(String text) {
        Map<String, String> map = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            require(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                require(json.nextToken(), JsonToken.VALUE_STRING);
                map.put(name, json.getString());
            }
        }
        return map;
    }

    private static void require(JsonToken found, JsonToken expected) {
        if (found != expected) {
            throw new IllegalStateException("a column holds other JSON than was written: " + found);
        }
    }
}
