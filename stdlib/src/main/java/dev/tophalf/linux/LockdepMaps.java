package dev.tophalf.linux;

import dev.tophalf.linux.Lockdep.lock_class_key;
import dev.tophalf.linux.kernel.AnnotatedLock;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.KernelLock;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.lock.LockMode;
import dev.tophalf.runtime.lock.LockRequest;
import org.jspecify.annotations.Nullable;

/** {@code linux/lockdep.h}: what a driver waits for that is no lock, told to the lock checker as if it were one. */
public final class LockdepMaps {
    /** Where the caller is: the checker knows. */
    public static final long _THIS_IP_ = 0;

    /** Where the caller was called: the checker knows. */
    public static final long _RET_IP_ = 0;

    private LockdepMaps() {}

    /** What the checker knows something by: storage with file scope, or in a struct. */
    @KernelType(header = "linux/lockdep_types.h", embedded = true)
    public static final class lockdep_map extends AnnotatedLock {}

    private static lockdep_map of(lockdep_map given, String call) {
        return Arguments.require(given, call);
    }

    /** Known by {@code name}, of the class of {@code key}. */
    @Initialiser(header = "linux/lockdep.h")
    public static lockdep_map STATIC_LOCKDEP_MAP_INIT(lockdep_map map, String name, lock_class_key key) {
        String known = Arguments.require(name, "STATIC_LOCKDEP_MAP_INIT()");
        KernelLock.named(map, known).setClass(Arguments.require(key, "STATIC_LOCKDEP_MAP_INIT()"), known);
        return map;
    }

    private static LockRequest request(String call, int read, int subclass, int trylock, @Nullable KernelLock nest) {
        LockMode mode = read == 0 ? LockMode.EXCLUSIVE : read == 1 ? LockMode.SHARED : LockMode.RECURSIVE;
        LockRequest request =
                LockRequest.of(call).in(mode).of(Lockdep.subclass(subclass)).under(nest);
        return trylock == 0 ? request : request.trying();
    }

    /**
     * Makes {@code lock} known to the checker by {@code name}, of the class of {@code key}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lockdep_init_map(lockdep_map lock, String name, lock_class_key key, int subclass) {
        lockdep_map map = of(lock, "lockdep_init_map()");
        map.initialise();
        map.setClass(Arguments.require(key, "lockdep_init_map()"), Arguments.require(name, "lockdep_init_map()"));
        map.setSubclass(Lockdep.subclass(subclass));
    }

    /**
     * Says that the caller has {@code lock} from here on, or waits for it here.
     *
     * @param trylock not 0 for who gives up rather than wait
     * @param read 0 for who has it alone, 1 for a reader, 2 for one who may read already
     * @param check 0 for no look at the order of locks
     * @param nest_lock a lock that whoever takes several of the class holds, or null
     * @param ip where that is: {@code _THIS_IP_}
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h", pairsWith = "lock_release")
    public static void lock_acquire(
            lockdep_map lock, int subclass, int trylock, int read, int check, @Nullable KernelLock nest_lock, long ip) {
        lockdep_map map = of(lock, "lock_acquire()");
        LockRequest request = request("lock_acquire()", read, subclass, trylock, nest_lock);
        if (check == 0) {
            map.hold(request);
        } else {
            map.acquire(request);
        }
    }

    /**
     * Says that the caller has {@code lock} no more.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h", pairsWith = "lock_acquire")
    public static void lock_release(lockdep_map lock, long ip) {
        of(lock, "lock_release()").release("lock_release()");
    }

    /**
     * Says that the caller waits here for everybody who has {@code lock}, without having it himself.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lock_sync(
            lockdep_map lock, int subclass, int read, int check, @Nullable KernelLock nest_lock, long ip) {
        lockdep_map map = of(lock, "lock_sync()");
        if (check != 0) {
            map.awaitAll(request("lock_sync()", read, subclass, 0, nest_lock));
        }
    }

    /**
     * Says that the caller has {@code lock} from here on.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h", pairsWith = "lock_map_release")
    public static void lock_map_acquire(lockdep_map lock) {
        of(lock, "lock_map_acquire()").acquire(request("lock_map_acquire()", 0, 0, 0, null));
    }

    /**
     * Says that the caller has {@code lock} to read from here on.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h", pairsWith = "lock_map_release")
    public static void lock_map_acquire_read(lockdep_map lock) {
        of(lock, "lock_map_acquire_read()").acquire(request("lock_map_acquire_read()", 2, 0, 0, null));
    }

    /**
     * Says that the caller has {@code lock} from here on, and would not have waited for it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h", pairsWith = "lock_map_release")
    public static void lock_map_acquire_try(lockdep_map lock) {
        of(lock, "lock_map_acquire_try()").acquire(request("lock_map_acquire_try()", 0, 0, 1, null));
    }

    /**
     * Says that the caller has {@code lock} no more.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h", pairsWith = "lock_map_acquire")
    public static void lock_map_release(lockdep_map lock) {
        of(lock, "lock_map_release()").release("lock_map_release()");
    }

    /**
     * Says that the caller waits here for everybody who has {@code lock}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static void lock_map_sync(lockdep_map lock) {
        of(lock, "lock_map_sync()").awaitAll(request("lock_map_sync()", 0, 0, 0, null));
    }

    /**
     * Whether the caller has {@code lock}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/lockdep.h")
    public static int lock_is_held(lockdep_map lock) {
        return of(lock, "lock_is_held()").isHeld() ? 1 : 0;
    }
}
