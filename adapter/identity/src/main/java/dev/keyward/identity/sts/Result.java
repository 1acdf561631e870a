package dev.keyward.identity.sts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SequencedMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What a request results in, as the elements of its answer: texts, and maps of such for elements that hold others.
 *
 * @param elements by name, in their order
 */
record Result(SequencedMap<String, Object> elements) {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    /** Something that writes elements. */
    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    /** The answer to an operation. */
    byte[] toXml(String operation, String requestId) {
        return document(operation + "Response", xml -> {
            xml.writeStartElement(operation + "Result");
            write(xml, elements);
            xml.writeEndElement();
            xml.writeStartElement("ResponseMetadata");
            writeText(xml, "RequestId", requestId);
            xml.writeEndElement();
        });
    }

    /** The answer to a request that was refused or failed. */
    static byte[] toXml(StsException refusal, String requestId) {
        boolean isOurs = refusal.error() == StsError.INTERNAL_FAILURE;
        return document("ErrorResponse", xml -> {
            xml.writeStartElement("Error");
            writeText(xml, "Type", isOurs ? "Receiver" : "Sender");
            writeText(xml, "Code", refusal.error().code());
            writeText(xml, "Message", String.valueOf(refusal.getMessage()));
            xml.writeEndElement();
            writeText(xml, "RequestId", requestId);
        });
    }

    private static byte[] document(String name, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartElement(name);
            xml.writeDefaultNamespace(NAMESPACE);
            content.write(xml);
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("an answer could not be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(XMLStreamWriter xml, Map<?, ?> elements) throws XMLStreamException {
        for (Map.Entry<?, ?> element : elements.entrySet()) {
            String name = String.valueOf(element.getKey());
            if (element.getValue() instanceof Map<?, ?> inner) {
                xml.writeStartElement(name);
                write(xml, inner);
                xml.writeEndElement();
            } else {
                writeText(xml, name, String.valueOf(element.getValue()));
            }
        }
    }

    private static void writeText(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(characters(text));
        xml.writeEndElement();
    }

    /** What XML cannot hold, and a message may quote, is a question mark. */
    private static String characters(String text) {
        return text.codePoints()
                .map(c -> (c >= 0x20 && c <= 0xD7FF)
                                || c == '\t'
                                || c == '\n'
                                || (c >= 0xE000 && c <= 0xFFFD)
                                || c > 0xFFFF
                        ? c
                        : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
