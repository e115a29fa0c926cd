# shellcheck shell=bash disable=SC2154 # variables are demo.sh's, which reads this file
# The rides: examples/rideshare, which runs as long as the demo does. Cars cost most; in eu-north they wait for a mutex
# besides; in us-east a pool of workers leaks.

start_rides() {
  examples/rideshare/run.sh --url "$url" >"$store/rides.log" 2>&1 &
  rides=$!
}

ride_cpu() { # ride_cpu LANGUAGE: Node's SDK counts CPU time per wall time
  case $1 in node) echo process_cpu:cpu:nanoseconds:wall:nanoseconds ;; *) echo "$cpu" ;; esac
}

ride_memory() { # ride_memory LANGUAGE: what is allocated in .NET, what is in use elsewhere
  case $1 in
    dotnet) echo memory:alloc_size:bytes:space:bytes ;;
    node) echo memory:inuse_space:bytes:inuse_space:bytes ;;
    go) echo memory:inuse_space:bytes:space:bytes ;;
  esac
}

heaviest() { # heaviest TYPE SELECTOR SEARCH: the function with the most of its own, of those whose name has SEARCH in it
  curl -fsG --data-urlencode "query=$1$2" -d limit=1 --data-urlencode "search=$3" "$url/api/v1/functions" |
    sed -n 's/.*"functions":\[{"name":"\([^"]*\)".*/\1/p'
}

only() { # only TYPE SERVICE FUNCTION REGION CODE: of CODE the function is the heaviest in this region, and ap-south does without it
  local found there
  found=$(heaviest "$1" "{service_name=\"$2\",region=\"$4\"}" "$5")
  there=$(heaviest "$1" "{service_name=\"$2\",region=\"ap-south\"}" "$3")
  if [[ $found != *"$3"* ]] || [ -n "$there" ]; then
    echo "$2: $3 is the heaviest function of $4 (${found:-none}), and not in ap-south (${there:-it is not})"
  fi
}

own_code() { # own_code LANGUAGE: what names of the program's functions have in them, which those of runtimes do not
  case $1 in dotnet) echo Rideshare. ;; node) echo .mjs: ;; go) echo main. ;; esac
}

missing() { # what the live data do not show yet
  local language service type own car scooter bike
  shopt -s nocasematch
  for language in dotnet node go; do
    service=ride-share-$language type=$(ride_cpu $language) own=$(own_code $language)
    car=$(ticks "$type{service_name=\"$service\",vehicle=\"car\"}")
    scooter=$(ticks "$type{service_name=\"$service\",vehicle=\"scooter\"}")
    bike=$(ticks "$type{service_name=\"$service\",vehicle=\"bike\"}")
    if ! [ "${car:-0}" -gt "${scooter:-0}" ] || ! [ "${scooter:-0}" -gt "${bike:-0}" ] || ! [ "${bike:-0}" -gt 0 ]; then
      echo "$service: car costs more than scooter, scooter more than bike (${car:-0}, ${scooter:-0}, ${bike:-0} ns)"
    fi
    only "$type" $service mutexLock eu-north "$own"
    only "$(ride_memory $language)" $service doWork us-east "$own"
  done
}

# Two windows of every service should do; a busy machine may need some more.
check_rides() {
  local left=''
  for _ in $(seq 30); do
    left=$(missing)
    if [ -z "$left" ]; then return; fi
    if ! kill -0 "$rides" 2>/dev/null; then break; fi
    sleep 5
  done
  echo "demo: the rides do not show that" >&2
  echo "$left" >&2
  cat "$store/rides.log" >&2
  exit 1
}

tell_rides() {
  local service='service_name="ride-share-dotnet"'
  cat <<TEXT
The rides: ride-share-dotnet, ride-share-node and ride-share-go in three regions, live; give them a minute.
What do cars cost, scooters, bikes?
  curl -G $url/api/v1/breakdown --data-urlencode 'query=$cpu{$service}' -d label=vehicle
Why is eu-north slower than ap-south?
  kagari diff '{$service,region="ap-south"}' '{$service,region="eu-north"}' -n 5
What fills the memory of us-east?
  kagari top '{$service,region="us-east"}' --type $(ride_memory dotnet) -n 5
  kagari top '{service_name="ride-share-go",region="us-east"}' --type $(ride_memory go) -n 5
  kagari top '{service_name="ride-share-node",region="us-east"}' --type $(ride_memory node) -n 5
TEXT
}
