// Namespaces, templates, lambdas, virtual functions and inlining, for the tests of Kagari.Symbols.
#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace shapes {

struct Point {
    double x, y;
    Point operator+(const Point &other) const { return {x + other.x, y + other.y}; }
};

class Shape {
  public:
    virtual ~Shape() = default;
    virtual double area() const = 0;
    virtual std::string name() const { return "shape"; }
};

namespace {
struct Hidden {
    int value;
    __attribute__((noinline)) int twice() const { return value * 2; }
};
inline __attribute__((always_inline)) int hidden_inline(int x) { return Hidden{x}.twice() + x; }
__attribute__((noinline)) int hidden_function(int x) { return hidden_inline(x) ^ 5; }
}  // namespace

template <typename T, int N>
class Grid : public Shape {
  public:
    explicit Grid(T scale) : scale_(scale) { std::fill(cells_, cells_ + N, scale); }
    ~Grid() override { sink += N; }
    double area() const override { return total([](T a, T b) { return a + b; }); }
    std::string name() const override { return "grid" + std::to_string(N); }
    template <typename F>
    __attribute__((noinline)) T total(F add) const {
        T sum = T();
        for (const T &cell : cells_) sum = add(sum, cell);
        return sum;
    }
    static int sink;

  private:
    T cells_[N];
    T scale_;
};

template <typename T, int N>
int Grid<T, N>::sink = 0;

template <typename... Args>
__attribute__((noinline)) std::size_t count(const Args &...args) {
    return (sizeof(args) + ... + 0);
}

inline __attribute__((always_inline)) double mix(double a, double b) { return a * 0.25 + b * 0.75; }

__attribute__((noinline)) Point middle(const Point &a, const Point &b) {
    Point sum = a + b;
    return {mix(sum.x, a.x), mix(sum.y, b.y)};
}

auto make_counter(int start) {
    return [start](int step) mutable { return start += step; };
}

struct Base2 {
    virtual ~Base2() = default;
    virtual int second() { return 2; }
};
struct Both : Grid<float, 3>, Base2 {
    Both() : Grid<float, 3>(1.5f) {}
    int second() override { return 3 + hidden_function(4); }
};

}  // namespace shapes

static __attribute__((noinline)) int local_static(std::function<int(int)> f, int x) {
    struct Local {
        __attribute__((noinline)) static int inner(int y) { return y + 11; }
    };
    return f(x) + Local::inner(x);
}

int main(int argc, char **argv) {
    std::vector<std::unique_ptr<shapes::Shape>> all;
    all.push_back(std::make_unique<shapes::Grid<int, 7>>(argc));
    all.push_back(std::make_unique<shapes::Grid<double, 4>>(argc * 0.5));
    all.push_back(std::make_unique<shapes::Both>());
    std::map<std::string, double> areas;
    for (const auto &shape : all) areas[shape->name()] += shape->area();
    for (const auto &[name, area] : areas) std::cout << name << ' ' << area << '\n';
    auto counter = shapes::make_counter(argc);
    shapes::Point p = shapes::middle({1, 2}, {3, double(argc)});
    std::sort(argv, argv + argc, [](const char *a, const char *b) { return std::string(a) < b; });
    std::cout << counter(3) + local_static([&](int x) { return x + argc; }, 4) << p.x << shapes::count(1, 2.0, 'c') << '\n';
    return shapes::hidden_function(argc) + dynamic_cast<shapes::Both *>(all[2].get())->second();
}
