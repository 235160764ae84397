package io.arete.rlaif.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A record of TensorFlow's record files: length (8 bytes, little-endian), checksum of the length
 * (4), content, checksum of the content (4).
 */
final class EventRecord {

  private static final int MASK = 0xa282ead8;

  private EventRecord() {}

  /** The content in its frame. */
  static byte[] of(byte[] content) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + content.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(content.length);
    record.putInt(checksum(record.array(), Long.BYTES));
    record.put(content);
    record.putInt(checksum(content, content.length));
    return record.array();
  }

  /** CRC-32C, turned and moved: a checksum of bytes that hold checksums would be a weak one. */
  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
