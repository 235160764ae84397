package io.arete.engine.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file open for writing, whose changes are counted. */
final class WatchedChannel extends FileChannel {

  private final FileChannel real;
  private final String path;
  private final DiskPlan plan;

  WatchedChannel(FileChannel real, String path, DiskPlan plan) {
    this.real = real;
    this.path = path;
    this.plan = plan;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    plan.before(DiskPlan.Change.WRITE, path, () -> real.write(firstHalf(source)));
    return real.write(source);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    plan.before(DiskPlan.Change.WRITE, path, () -> real.write(firstHalf(source), position));
    return real.write(source, position);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    plan.before(DiskPlan.Change.WRITE, path, DiskPlan.Started.NOTHING);
    return real.write(sources, offset, length);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    plan.before(DiskPlan.Change.TRUNCATE, path, DiskPlan.Started.NOTHING);
    real.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    plan.before(DiskPlan.Change.FORCE, path, DiskPlan.Started.NOTHING);
    real.force(metaData);
  }

  private static ByteBuffer firstHalf(ByteBuffer source) {
    ByteBuffer half = source.duplicate();
    return half.limit(half.position() + half.remaining() / 2);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException("Would not be counted");
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    if (mode != MapMode.READ_ONLY) {
      throw new UnsupportedOperationException("Would not be counted");
    }
    return real.map(mode, position, size);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return real.read(targets, offset, length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    real.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}
